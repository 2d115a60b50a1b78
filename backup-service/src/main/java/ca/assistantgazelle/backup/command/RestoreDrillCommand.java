package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.restore.DatabaseRestore;
import ca.assistantgazelle.backup.restore.RestoreDrill;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a restore drill (level L3). */
@Command(
        name = "drill",
        description = "Restores a backup into a scratch database, compares it and drops it.",
        mixinStandardHelpOptions = true)
final class RestoreDrillCommand extends DestinationCommand {
    @Option(
            names = "--from",
            paramLabel = "BACKUP",
            defaultValue = "latest-verified",
            description = "an id, latest, latest-verified (default) or before:INSTANT")
    private String from;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "server for the scratch database, instead of BACKUP_DRILL_URL: postgresql://user@host:port")
    private String server;

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        var identities = where.identities();
        var copy = BackupSelector.select(where.reachableCopies(this::printLine), from)
                .getFirst();
        var setup = where.settings();
        var scratch = server == null
                ? setup.drillServer()
                        .orElseThrow(() -> new BackupException(
                                BackupErrorClass.RESTORE_REFUSED,
                                "No server given for the scratch database.",
                                "Use --server postgresql://user@host:port, or set BACKUP_DRILL_URL."))
                : where.environmentSettings().database(server);
        var clock = Clock.systemUTC();
        var restore = new DatabaseRestore(copy.repository().destination(), identities, clock, this::printLine);
        var result = new RestoreDrill(restore, scratch, clock, this::printLine).run(copy.backup());
        copy.repository()
                .recordVerification(
                        copy.backup().folder(), "L3", clock.instant(), result.seconds(), result.differences());
        result.differences().forEach(line -> printLine("DIFFERENT  " + line));
        printLine(
                result.differences().isEmpty()
                        ? "Restored " + copy.backup().id() + " in " + result.seconds() + " s; it is equal."
                        : "Restored " + copy.backup().id() + "; it is NOT equal.");
        printJson(Map.of(
                "backup_id",
                copy.backup().id(),
                "equal",
                result.differences().isEmpty(),
                "differences",
                result.differences(),
                "seconds",
                result.duration().toMillis() / 1_000.0));
        return result.differences().isEmpty() ? BackupExitCode.SUCCESS : BackupExitCode.DIFFERENT;
    }
}
