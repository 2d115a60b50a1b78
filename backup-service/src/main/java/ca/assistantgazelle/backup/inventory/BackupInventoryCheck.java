package ca.assistantgazelle.backup.inventory;

import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares the catalogue in the database with the contents of a destination: finds missing and damaged backups, and
 * adds those that are not in the catalogue.
 *
 * @param backups at the destination, newest first
 * @param problems description of each problem
 */
public record BackupInventoryCheck(List<StoredBackup> backups, List<String> problems) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** Updates the catalogue and returns the problems found. */
    public static BackupInventoryCheck run(DestinationListing found, SqlQueries transaction, Instant now) {
        var name = found.name();
        var problems = new ArrayList<String>();
        for (var backup : found.backups()) {
            BackupInventory.upsert(transaction, name, backup, now);
            if (!backup.isGood()) {
                problems.add(name + ": " + backup.id() + " is " + backup.state() + ": " + backup.problem());
            }
            if (backup.takenAt().isAfter(now.plus(CLOCK_TOLERANCE))) {
                problems.add(name + ": " + backup.id() + " is dated in the future");
            }
        }
        var present = found.backups().stream().map(StoredBackup::id).collect(Collectors.toSet());
        for (var known : BackupInventory.knownCopies(transaction, name)) {
            if (!present.contains(known.id())) {
                handleAbsent(found, known, transaction, now).ifPresent(problems::add);
            }
        }
        return new BackupInventoryCheck(found.backups(), problems);
    }

    private static Optional<String> handleAbsent(
            DestinationListing found, BackupInventory.KnownCopy known, SqlQueries transaction, Instant now) {
        if (known.state().equals("MISSING")) {
            // Already reported.
            return Optional.empty();
        }
        if (known.state().equals("DELETE_PENDING") && found.hasOrphanOf(known.id())) {
            return Optional.of(found.name() + ": the remains of " + known.id() + " could not be removed yet");
        }
        if (found.removals().contains(known.id()) || known.state().equals("DELETE_PENDING")) {
            BackupInventory.setState(transaction, known.id(), found.name(), "DELETED", "removed on purpose", now);
            return Optional.empty();
        }
        if (known.state().equals("STORED")) {
            // Its run ended before the manifest was written.
            BackupInventory.setState(transaction, known.id(), found.name(), "DELETED", "never published", now);
            return Optional.empty();
        }
        BackupInventory.setState(transaction, known.id(), found.name(), "MISSING", "not found at the destination", now);
        return Optional.of(found.name() + ": " + known.id() + " is MISSING: not found at the destination");
    }
}
