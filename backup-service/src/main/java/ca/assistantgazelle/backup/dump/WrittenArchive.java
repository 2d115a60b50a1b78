package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.util.List;

record WrittenArchive(
        HashingOutputStream plain, HashingOutputStream stored, RecipientStanzaReader opener, PgDump.DumpResult dump) {
    BackupManifest.ArchiveInfo archiveInfo(String key, List<String> recipients) {
        return new BackupManifest.ArchiveInfo(
                key,
                "pgdump-custom",
                plain.bytes(),
                plain.sha256(),
                ArchiveEncryption.COMPRESSION,
                new BackupManifest.EncryptionInfo(ArchiveEncryption.ENCRYPTION, recipients),
                stored.bytes(),
                stored.sha256(),
                stored.parts());
    }
}
