package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Generates keys in the format of age-keygen. */
@Command(
        name = "keygen",
        description = "Generates a key pair: identity.txt (private) and recipients.txt (public).",
        mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "where the two files are written")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var pair = AgeEncryptionKeys.generate();
        Files.createDirectories(directory);
        var identity = directory.resolve("identity.txt");
        var recipients = directory.resolve("recipients.txt");
        if (Files.exists(recipients)) {
            throw alreadyExists(recipients, null);
        }
        try {
            Files.createFile(
                    identity, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw alreadyExists(identity, e);
        }
        Files.writeString(
                identity,
                "# public key: " + AgeEncryptionKeys.recipient(pair) + "\n" + AgeEncryptionKeys.identity(pair) + "\n");
        Files.writeString(recipients, AgeEncryptionKeys.recipient(pair) + "\n");
        var out = spec.commandLine().getOut();
        out.println("public key: " + AgeEncryptionKeys.recipient(pair));
        out.println(
                identity
                        + " decrypts every backup: keep it away from the database and its backups, and keep a second copy elsewhere.");
        out.println(recipients + ": set BACKUP_RECIPIENTS_FILE to this file on the host that makes backups.");
        return BackupExitCode.SUCCESS.code();
    }

    private static BackupException alreadyExists(Path file, Exception e) {
        return new BackupException(
                BackupErrorClass.RESTORE_REFUSED,
                file + " already exists and was not changed.",
                "Use another directory. Overwriting a private key would make its backups unreadable.",
                e);
    }
}
