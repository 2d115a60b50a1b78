package ca.assistantgazelle.inventory;

import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.sql.Queries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what the database remembers with what a destination holds, both ways: what is missing
 * there, what is damaged there, and what is there and not remembered.
 *
 * @param backups at the destination, newest first
 * @param problems in words, of what is not as it should be
 */
public record Scan(List<StoredBackup> backups, List<String> problems) {
  private static final Set<String> NEVER_PUBLISHED = Set.of("STORED", "DELETE_PENDING");

  /**
   * @param backups all that the destination holds
   */
  public static Scan compared(
      String name, List<StoredBackup> backups, Queries transaction, Instant now) {
    var problems = new ArrayList<String>();
    for (var backup : backups) {
      Inventory.found(transaction, name, backup, now);
      if (!backup.isGood()) {
        problems.add(name + ": " + backup.id() + " is " + backup.state() + ": " + backup.problem());
      }
      if (backup.takenAt().isAfter(now.plusSeconds(300))) {
        problems.add(name + ": " + backup.id() + " is dated in the future");
      }
    }
    var present = backups.stream().map(StoredBackup::id).collect(Collectors.toSet());
    for (var known : Inventory.known(transaction, name)) {
      if (present.contains(known.id())) {
        continue;
      }
      if (NEVER_PUBLISHED.contains(known.state())) {
        // Its run ended before the manifest was written, or it was being removed.
        Inventory.mark(transaction, known.id(), name, "DELETED", "was never published", now);
      } else {
        Inventory.mark(transaction, known.id(), name, "MISSING", "somebody removed it", now);
        problems.add(name + ": " + known.id() + " is MISSING: somebody removed it");
      }
    }
    return new Scan(backups, problems);
  }
}
