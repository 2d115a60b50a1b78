package ca.assistantgazelle.backup.inventory;

import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import java.util.List;

/**
 * Contents of one destination for one database.
 *
 * @param name of the destination
 * @param backups newest first
 * @param removals ids of the backups that a person removed on purpose
 */
public record DestinationListing(
        String name, List<StoredBackup> backups, List<BackupRepository.OrphanedFolder> orphans, List<String> removals) {
    /** Whether an incomplete folder of that id remains. */
    boolean hasOrphanOf(String id) {
        return orphans.stream().anyMatch(one -> one.id().equals(id));
    }
}
