package ca.assistantgazelle.inventory;

import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares what the database remembers with what a destination holds, both ways: what is missing
 * there, what is damaged there, and what is there and not remembered.
 *
 * @param backups at the destination, newest first
 * @param problems in words, of what is not as it should be
 */
public record Scan(List<StoredBackup> backups, List<String> problems) {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** Notes what was found, and tells what is not as it should be. */
  public static Scan compared(Found found, SqlQueries transaction, Instant now) {
    var name = found.name();
    var problems = new ArrayList<String>();
    for (var backup : found.backups()) {
      Inventory.found(transaction, name, backup, now);
      if (!backup.isGood()) {
        problems.add(name + ": " + backup.id() + " is " + backup.state() + ": " + backup.problem());
      }
      if (backup.takenAt().isAfter(now.plus(CLOCKS_DIFFER))) {
        problems.add(name + ": " + backup.id() + " is dated in the future");
      }
    }
    var present = found.backups().stream().map(StoredBackup::id).collect(Collectors.toSet());
    for (var known : Inventory.known(transaction, name)) {
      if (!present.contains(known.id())) {
        absent(found, known, transaction, now).ifPresent(problems::add);
      }
    }
    return new Scan(found.backups(), problems);
  }

  private static Optional<String> absent(
      Found found, Inventory.Known known, SqlQueries transaction, Instant now) {
    if (known.state().equals("MISSING")) {
      // Told before.
      return Optional.empty();
    }
    if (known.state().equals("DELETE_PENDING") && found.hasDebrisOf(known.id())) {
      return Optional.of(
          found.name() + ": what is left of " + known.id() + " could not be removed yet");
    }
    if (found.removals().contains(known.id()) || known.state().equals("DELETE_PENDING")) {
      Inventory.mark(transaction, known.id(), found.name(), "DELETED", "removed on purpose", now);
      return Optional.empty();
    }
    if (known.state().equals("STORED")) {
      // Its run ended before the manifest was written.
      Inventory.mark(transaction, known.id(), found.name(), "DELETED", "never published", now);
      return Optional.empty();
    }
    Inventory.mark(transaction, known.id(), found.name(), "MISSING", "somebody removed it", now);
    return Optional.of(found.name() + ": " + known.id() + " is MISSING: somebody removed it");
  }
}
