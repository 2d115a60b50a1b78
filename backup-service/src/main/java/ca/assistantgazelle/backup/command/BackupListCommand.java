package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.contract.timetable.TimeZones;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists the backups, their destinations and their status. */
@Command(
        name = "list",
        description = "Lists the backups at all destinations, newest first.",
        mixinStandardHelpOptions = true)
final class BackupListCommand extends DestinationCommand {
    private static final DateTimeFormatter TIME_FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(TimeZones.MONTREAL);
    private static final long BYTES_PER_MEGABYTE = 1_000_000;
    private static final String ROW_FORMAT = "%-24s  %-16s  %-17s  %-7s  %9s  %9s  %-17s  %s";

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        var lines = new ArrayList<BackupListEntry>();
        var silent = new ArrayList<IOException>();
        for (var copy : where.reachableCopies(this::printWarning, silent)) {
            lines.add(toEntry(copy));
        }
        printJson(lines);
        if (!where.isJson() && (silent.isEmpty() || !lines.isEmpty())) {
            printTable(lines);
        }
        return silent.isEmpty() ? BackupExitCode.SUCCESS : BackupExitCode.ARCHIVE_UNUSABLE;
    }

    private void printTable(List<BackupListEntry> lines) {
        printLine(ROW_FORMAT.formatted(
                "BACKUP", "TAKEN (MONTRÉAL)", "STATE", "CHECKED", "ROWS", "MB", "DRILL", "DESTINATION"));
        for (var line : lines) {
            printLine(ROW_FORMAT.formatted(
                    line.id(),
                    TIME_FORMAT.format(line.takenAt()),
                    line.state() + (line.pinned() ? " (pinned)" : ""),
                    line.level() == null ? "–" : line.level(),
                    line.rows() == null ? "–" : line.rows(),
                    line.storedBytes() == null
                            ? "–"
                            : "%.1f".formatted((double) line.storedBytes() / BYTES_PER_MEGABYTE),
                    line.drilledAt() == null
                            ? "–"
                            : "in "
                                    + Duration.ofSeconds(line.drillSeconds())
                                            .toString()
                                            .substring(2)
                                            .toLowerCase(Locale.ROOT),
                    line.destination()));
            if (line.problem() != null) {
                printLine("    " + line.problem());
            }
        }
        if (lines.isEmpty()) {
            printLine("No backups found.");
        }
    }

    private static BackupListEntry toEntry(BackupCopy copy) {
        StoredBackup backup = copy.backup();
        var manifest = backup.manifest();
        return new BackupListEntry(
                backup.id(),
                backup.takenAt(),
                copy.repository().destination().name(),
                backup.status(),
                backup.problem(),
                backup.level(),
                backup.verifiedAt(),
                backup.lastDrillAt(),
                backup.drillSeconds(),
                backup.pinned(),
                manifest == null ? null : manifest.totalRows(),
                manifest == null ? null : manifest.archive().storedBytes());
    }
}
