package ca.assistantgazelle.backup.archive;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compresses and encrypts archives: zstd with a checksum per frame, then age. To decrypt manually: {@code age -d -i KEY
 * archive.zst.age | zstd -dc}.
 */
public final class ArchiveEncryption {
    /** Values used in manifests. */
    public static final String COMPRESSION = "zstd:3";

    public static final String ENCRYPTION = "age-x25519";
    private static final int COMPRESSION_LEVEL = 3;

    private ArchiveEncryption() {}

    /**
     * An archive being written.
     *
     * @param stream the plain data; closing it writes the last chunk, without which the archive cannot be decrypted
     * @param opener decrypts this archive without a private key, using the file key held in memory
     */
    public record EncryptedOutput(OutputStream stream, RecipientStanzaReader opener) {}

    /** @param recipients age public keys, not empty */
    public static EncryptedOutput encrypt(OutputStream out, List<String> recipients) throws IOException {
        var writers = new ArrayList<RecipientStanzaWriter>();
        for (var recipient : recipients) {
            writers.add(AgeEncryptionKeys.recipientWriter(recipient));
        }
        var opener = new ArchiveFileKey();
        writers.add(opener);
        try {
            var encrypted =
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), writers);
            var compressed = new ZstdOutputStream(
                    Channels.newOutputStream(encrypted), RecyclingBufferPool.INSTANCE, COMPRESSION_LEVEL);
            compressed.setChecksum(true);
            return new EncryptedOutput(compressed, opener);
        } catch (GeneralSecurityException e) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "The public keys of the recipients are invalid.",
                    "Put one age1… key on each line of BACKUP_RECIPIENTS_FILE.",
                    e);
        }
    }

    /**
     * @param openers the keys to try
     * @throws BackupException if none of them decrypts it
     */
    public static InputStream decrypt(InputStream in, List<RecipientStanzaReader> openers) throws IOException {
        try {
            var decrypted =
                    new StandardDecryptingChannelFactory().newDecryptingChannel(Channels.newChannel(in), openers);
            return new ZstdInputStream(Channels.newInputStream(decrypted), RecyclingBufferPool.INSTANCE);
        } catch (GeneralSecurityException e) {
            throw new BackupException(
                    BackupErrorClass.KEY_IDENTITY,
                    "None of the private keys decrypts this archive.",
                    "Use the identity file whose public key is among the manifest's recipients.",
                    e);
        }
    }

    /** Requires that the private keys decrypt what is encrypted for the recipients. */
    public static void requireMatchingKeys(List<String> recipients, List<RecipientStanzaReader> identities)
            throws IOException {
        var small = new ByteArrayOutputStream();
        try (var stream = encrypt(small, recipients).stream()) {
            stream.write(1);
        }
        try (var opened = decrypt(new ByteArrayInputStream(small.toByteArray()), identities)) {
            if (opened.read() != 1) {
                throw new IOException("the decrypted data differs");
            }
        } catch (IOException e) {
            throw BackupException.wrap(
                    e,
                    BackupErrorClass.KEY_IDENTITY,
                    "The private key in BACKUP_IDENTITY_FILE does not match any public key in BACKUP_RECIPIENTS_FILE",
                    "Add the public key of the identity to the recipients.");
        }
    }

    // Adds no stanza to the archive; only keeps its file key, to read it back.
    private static final class ArchiveFileKey implements RecipientStanzaWriter, RecipientStanzaReader {
        private FileKey key;

        @Override
        public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) {
            key = new FileKey(fileKey.getEncoded().clone());
            return List.of();
        }

        @Override
        public FileKey getFileKey(Iterable<RecipientStanza> stanzas) {
            return new FileKey(key.getEncoded().clone());
        }
    }
}
