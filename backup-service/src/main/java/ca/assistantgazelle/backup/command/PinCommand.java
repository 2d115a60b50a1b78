package ca.assistantgazelle.backup.command;

import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Protects a backup from retention. */
@Command(
        name = "pin",
        description = "Protects a backup from retention; --off removes the protection.",
        mixinStandardHelpOptions = true)
final class PinCommand extends DestinationCommand {
    @Parameters(paramLabel = "BACKUP", description = "the id of the backup")
    private String id;

    @Option(names = "--off", description = "removes the pin")
    private boolean off;

    @Option(names = "--reason", defaultValue = "", description = "the reason, for information")
    private String reason;

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        for (var copy : BackupSelector.select(where.copies(), id)) {
            copy.repository()
                    .pin(copy.backup().folder(), !off, reason, Clock.systemUTC().instant());
            printLine(id
                    + (off ? " is no longer pinned at " : " is pinned at ")
                    + copy.repository().destination().name());
        }
        return BackupExitCode.SUCCESS;
    }
}
