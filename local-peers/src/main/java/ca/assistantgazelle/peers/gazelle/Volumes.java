package ca.assistantgazelle.peers.gazelle;

/**
 * How much a sample company has.
 *
 * @param pastDays how far events and timeline reach back
 * @param futureDays how far events reach ahead
 */
public record Volumes(
    int clients,
    int extraContacts,
    int pianos,
    int events,
    int timelineEntries,
    int pastDays,
    int futureDays) {
  /** Hundreds of records: enough for every case, read in a second. */
  public static final Volumes SMALL = new Volumes(140, 45, 170, 330, 640, 500, 300);

  /** Nothing but the staff and the catalogue. */
  public static final Volumes EMPTY = new Volumes(0, 0, 0, 0, 0, 1, 1);
}
