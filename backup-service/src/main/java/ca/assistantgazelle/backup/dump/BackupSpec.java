package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to back up, how, and where to store it.
 *
 * @param serviceVersion version of this service
 * @param runId id of the run, for the manifest and the name of the database session
 * @param reason {@code scheduled}, {@code manual}, …
 * @param excluded schemas that are not backed up
 * @param recipients age public keys, not empty
 * @param identities age private keys; if empty, the archive is read back with its own file key
 * @param expectedBytes size of the last archive, to estimate the space needed; 0 if unknown
 * @param stallTimeout how long a destination may make no progress before it is abandoned
 * @param dumpTimeout how long pg_dump may write nothing before it is aborted
 */
public record BackupSpec(
        DatabaseAddress source,
        String serviceVersion,
        String runId,
        String reason,
        List<String> excluded,
        List<String> recipients,
        List<RecipientStanzaReader> identities,
        List<BackupDestination> destinations,
        long expectedBytes,
        Duration stallTimeout,
        Duration dumpTimeout) {
    private static final double SPACE_FACTOR = 1.5;

    /**
     * Returns the destinations that are reachable and have enough space.
     *
     * @param failures receives the errors of the others
     * @throws BackupException if there is none
     */
    List<BackupDestination> usableDestinations(Map<BackupDestination, BackupException> failures) throws IOException {
        var usable = new ArrayList<BackupDestination>();
        for (var destination : destinations) {
            try {
                destination.probe();
                requireSpace(destination);
                usable.add(destination);
            } catch (IOException e) {
                failures.put(
                        destination,
                        BackupException.wrap(
                                e,
                                BackupErrorClass.STORE_WRITE,
                                destination.name() + " is not usable",
                                "Make sure that it exists and is writable by this service."));
            }
        }
        if (usable.isEmpty()) {
            throw BackupException.combine(failures.values());
        }
        return usable;
    }

    private void requireSpace(BackupDestination destination) throws IOException {
        long needed = (long) (expectedBytes * SPACE_FACTOR);
        var room = destination.freeBytes();
        if (room.isPresent() && room.getAsLong() < needed) {
            throw new BackupException(
                    BackupErrorClass.STORE_SPACE,
                    destination.name()
                            + " has "
                            + room.getAsLong()
                            + " bytes free; the backup may need "
                            + needed
                            + ".",
                    "Free space manually: no backup is deleted to make space for another.");
        }
    }
}
