package ca.assistantgazelle.dump;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.postgresql.Source;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to dump, for whom and where to.
 *
 * @param service version of this service
 * @param run names the run in the manifest and the dump's session
 * @param reason why it is done: {@code scheduled}, {@code manual}, …
 * @param excluded schemas that stay out on purpose
 * @param recipients age public keys, not empty
 * @param identities age private keys; empty = the archive's own key serves to read it back
 * @param expectedBytes the size of the last archive, for the room that is needed; 0 = unknown
 * @param stall a destination is given up after so long without progress
 * @param patience pg_dump is given up after so long without a byte
 */
public record Order(
    Source source,
    String service,
    String run,
    String reason,
    List<String> excluded,
    List<String> recipients,
    List<RecipientStanzaReader> identities,
    List<Destination> destinations,
    long expectedBytes,
    Duration stall,
    Duration patience) {
  private static final double SPARE = 1.5;

  /**
   * The destinations that answer and have room.
   *
   * @param failures gets the others
   * @throws BackupException when none is left
   */
  List<Destination> usable(Map<Destination, BackupException> failures) throws IOException {
    var usable = new ArrayList<Destination>();
    for (var destination : destinations) {
      try {
        destination.probe();
        requireRoom(destination);
        usable.add(destination);
      } catch (IOException e) {
        failures.put(
            destination,
            BackupException.named(
                e,
                Cause.STORE_WRITE,
                destination.name() + " cannot be used",
                "See that it exists and may be written by this service."));
      }
    }
    if (usable.isEmpty()) {
      throw BackupException.all(failures.values());
    }
    return usable;
  }

  private void requireRoom(Destination destination) throws IOException {
    long needed = (long) (expectedBytes * SPARE);
    var room = destination.room();
    if (room.isPresent() && room.getAsLong() < needed) {
      throw new BackupException(
          Cause.STORE_SPACE,
          destination.name()
              + " has room for "
              + room.getAsLong()
              + " bytes; the backup may need "
              + needed
              + ".",
          "Make room by hand: no backup is removed to make room for another.");
    }
  }
}
