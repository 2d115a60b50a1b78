package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * {@code ./gazelle backup …}. It needs only the destinations, the private key and, to restore, a server, but not the
 * system that made the backups.
 */
@Command(
        name = "./gazelle backup",
        description = "Lists, verifies and restores backups.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BackupListCommand.class,
            VerifyCommand.class,
            RestoreCommand.class,
            RestoreDrillCommand.class,
            RetentionCommand.class,
            PinCommand.class,
            CatalogCommand.class,
            KeygenCommand.class
        })
public final class BackupCommand {
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

    private BackupCommand() {}

    /** Creates the command line without running it. */
    public static CommandLine commandLine() {
        return new CommandLine(new BackupCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(exceptionHandler());
    }

    private static IExecutionExceptionHandler exceptionHandler() {
        return (failure, command, parsed) -> {
            if (failure instanceof BackupException known) {
                command.getErr().println(known.errorClass().label() + ": " + known.getMessage());
                command.getErr().println(known.suggestion());
                return BackupExitCode.of(known.errorClass()).code();
            }
            if (failure instanceof InterruptedException || failure instanceof InterruptedIOException) {
                command.getErr().println("Interrupted before completion.");
                return BackupExitCode.CANCELLED.code();
            }
            var words = failure instanceof SQLException sql ? JdbcQueries.describe(sql) : failure.toString();
            command.getErr().println("Unexpected error, please report it: " + words);
            return BackupExitCode.FAILED.code();
        };
    }

    /** On Ctrl-C, gives a restore time to stop its child processes and to comment its database. */
    private static void interruptOnShutdown(Thread main) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (main.isAlive()) {
                main.interrupt();
                try {
                    main.join(SHUTDOWN_TIMEOUT.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(BackupExitCode.CANCELLED.code());
            }
        }));
    }

    public static void main(String[] arguments) throws InterruptedException {
        var code = new int[1];
        var main = new Thread(() -> code[0] = commandLine().execute(arguments), "backup");
        interruptOnShutdown(main);
        main.start();
        main.join();
        System.exit(code[0]);
    }
}
