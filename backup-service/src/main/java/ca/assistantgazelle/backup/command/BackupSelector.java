package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Selects a backup by the words of the command line. */
final class BackupSelector {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private BackupSelector() {}

    /**
     * The copies of the selected backup, in the order of the destinations.
     *
     * @param which an id, {@code latest}, {@code latest-verified}, or {@code before:} and an instant
     */
    static List<BackupCopy> select(List<BackupCopy> copies, String which) throws BackupException {
        var fitting = new ArrayList<BackupCopy>();
        for (var copy : copies) {
            if (matches(copy.backup(), which)) {
                fitting.add(copy);
            }
        }
        if (fitting.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_MISSING,
                    "No usable backup matches '" + which + "' among " + copies.size() + ".",
                    "Run ./gazelle backup list to see the backups and their status.");
        }
        var id = fitting.getFirst().backup().id();
        if (!which.equals(id)) {
            requireOneDatabase(fitting);
        }
        return fitting.stream().filter(copy -> copy.backup().id().equals(id)).toList();
    }

    /** @throws BackupException if there are backups of several databases and none was selected */
    static void requireOneDatabase(List<BackupCopy> copies) throws BackupException {
        var databases =
                copies.stream().map(copy -> copy.backup().database()).distinct().toList();
        if (databases.size() > 1) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "The destinations hold backups of several databases: " + databases + ".",
                    "Select one, for example --of " + databases.getFirst() + ".");
        }
    }

    // A backup dated in the future is selected only by its id.
    private static boolean matches(StoredBackup backup, String which) throws BackupException {
        if (!backup.isGood()) {
            return false;
        }
        if (backup.id().equals(which)) {
            return true;
        }
        if (backup.takenAt().isAfter(Clock.systemUTC().instant().plus(CLOCK_TOLERANCE))) {
            return false;
        }
        if (which.equals("latest")) {
            return true;
        }
        if (which.equals("latest-verified")) {
            return backup.isVerified();
        }
        if (which.startsWith("before:")) {
            return backup.isVerified() && backup.takenAt().isBefore(parseInstant(which));
        }
        return false;
    }

    private static Instant parseInstant(String which) throws BackupException {
        try {
            return Instant.parse(which.substring("before:".length()));
        } catch (DateTimeParseException e) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "'" + which + "' does not contain a valid instant.",
                    "Use ISO 8601 in UTC, for example before:2026-11-23T08:00:00Z.",
                    e);
        }
    }
}
