package ca.assistantgazelle.inventory;

import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import java.util.List;

/**
 * What a destination holds of one database.
 *
 * @param name the destination's
 * @param backups newest first
 * @param removals ids that a person removed on purpose
 */
public record Found(
    String name, List<StoredBackup> backups, List<Shelf.Debris> debris, List<String> removals) {
  /** Something of it is there still, although it is a backup no more. */
  boolean hasDebrisOf(String id) {
    return debris.stream().anyMatch(one -> one.id().equals(id));
  }
}
