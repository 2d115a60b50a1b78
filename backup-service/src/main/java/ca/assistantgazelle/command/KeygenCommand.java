package ca.assistantgazelle.command;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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

/** The same keys as age-keygen makes. */
@Command(
    name = "keygen",
    description = "Makes a pair of keys: identity.txt (private) and recipients.txt (public).",
    mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTORY", description = "where the two files are written")
  private Path directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var pair = Keys.generate();
    Files.createDirectories(directory);
    var identity = directory.resolve("identity.txt");
    var recipients = directory.resolve("recipients.txt");
    if (Files.exists(recipients)) {
      throw exists(recipients, null);
    }
    try {
      Files.createFile(
          identity,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw exists(identity, e);
    }
    Files.writeString(
        identity, "# public key: " + Keys.recipient(pair) + "\n" + Keys.identity(pair) + "\n");
    Files.writeString(recipients, Keys.recipient(pair) + "\n");
    var out = spec.commandLine().getOut();
    out.println("public key: " + Keys.recipient(pair));
    out.println(
        identity
            + " opens every backup: keep it where the database and its backups are not, and a second copy of it elsewhere.");
    out.println(
        recipients + " is what BACKUP_RECIPIENTS_FILE names on the host that makes backups.");
    return ExitCode.DONE.code();
  }

  private static BackupException exists(Path file, Exception e) {
    return new BackupException(
        Cause.RESTORE_REFUSED,
        file + " exists already; it was left as it is.",
        "Name another directory: a lost private key is a lost backup.",
        e);
  }
}
