package ca.assistantgazelle.peers.gazelle;

/**
 * How much a sample company has.
 *
 * @param pastDays how far events and timeline reach back
 * @param futureDays how far events reach ahead
 * @param mix what its timeline consists of
 */
public record Volumes(
    int clients,
    int extraContacts,
    int pianos,
    int events,
    int timelineEntries,
    int pastDays,
    int futureDays,
    Mix mix) {
  /**
   * One in so many entries …
   *
   * @param note is a technician's note
   * @param measure else is a measurement
   * @param piano else names a piano
   * @param user else names a user
   * @param recent is of the last 29 days whatever the period
   */
  record Mix(int note, int measure, int piano, int user, int recent) {}

  /** Hundreds of records: enough for every case, read in a second. */
  public static final Volumes SMALL =
      new Volumes(140, 45, 170, 330, 640, 500, 300, new Mix(4, 8, 6, 3, 3));

  /** The company's real load. Source: reference/gazelle.md §13. */
  public static final Volumes FULL =
      new Volumes(
          4_003, 1_175, 4_500, 11_500, 154_242, 3_650, 400, new Mix(15, 55, 7, 2, 1_000_000));

  /** Nothing but the staff and the catalogue. */
  public static final Volumes EMPTY = new Volumes(0, 0, 0, 0, 0, 1, 1, SMALL.mix());
}
