package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.postgresql.Rows;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * {@code ./gazelle backup …}: needs only the destinations, the private key and, to restore, a
 * server. The system that made the backups may be gone.
 */
@Command(
    name = "./gazelle backup",
    description = "Looks at backups, verifies them and brings them back.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ListCommand.class,
      VerifyCommand.class,
      RestoreCommand.class,
      DrillCommand.class,
      RetentionCommand.class,
      PinCommand.class,
      CatalogCommand.class,
      KeygenCommand.class
    })
public final class BackupCommand {
  private static final Duration LAST_STEPS = Duration.ofSeconds(10);

  private BackupCommand() {}

  /** The command line, not yet run. */
  public static CommandLine line() {
    return new CommandLine(new BackupCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failure());
  }

  private static IExecutionExceptionHandler failure() {
    return (failure, command, parsed) -> {
      if (failure instanceof BackupException known) {
        command.getErr().println(known.why().word() + ": " + known.getMessage());
        command.getErr().println(known.suggestion());
        return ExitCode.of(known.why()).code();
      }
      if (failure instanceof InterruptedException || failure instanceof InterruptedIOException) {
        command.getErr().println("Stopped before the end.");
        return ExitCode.CANCELLED.code();
      }
      var words = failure instanceof SQLException sql ? Rows.words(sql) : failure.toString();
      command.getErr().println("This is a defect, please report it: " + words);
      return ExitCode.FAILED.code();
    };
  }

  /** Ctrl-C lets a restore end its children and leave its comment. */
  private static void stopPolitely(Thread main) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (main.isAlive()) {
                    main.interrupt();
                    try {
                      main.join(LAST_STEPS.toMillis());
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(ExitCode.CANCELLED.code());
                  }
                }));
  }

  public static void main(String[] arguments) throws InterruptedException {
    var code = new int[1];
    var main = new Thread(() -> code[0] = line().execute(arguments), "backup");
    stopPolitely(main);
    main.start();
    main.join();
    System.exit(code[0]);
  }
}
