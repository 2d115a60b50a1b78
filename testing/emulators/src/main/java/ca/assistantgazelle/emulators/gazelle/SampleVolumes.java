package ca.assistantgazelle.emulators.gazelle;

/**
 * Number of records of a sample company.
 *
 * @param pastDays range of events and timeline entries before the anchor day
 * @param futureDays range of events after the anchor day
 * @param mix composition of the timeline
 */
public record SampleVolumes(
        int clients,
        int extraContacts,
        int pianos,
        int events,
        int timelineEntries,
        int pastDays,
        int futureDays,
        TimelineMix mix) {
    /**
     * Composition of the timeline: each value n applies to one in n entries.
     *
     * @param note technicians' notes
     * @param measure measurements, among the entries that are not notes
     * @param piano entries that refer to a piano, among the rest
     * @param user entries that refer to a user, among those that are not notes
     * @param recent entries within the last 29 days, whatever the range
     */
    record TimelineMix(int note, int measure, int piano, int user, int recent) {}

    /** Hundreds of records: covers every case and is read within a second. */
    public static final SampleVolumes SMALL =
            new SampleVolumes(140, 45, 170, 330, 640, 500, 300, new TimelineMix(4, 8, 6, 3, 3));

    /** The company's real volumes. */
    public static final SampleVolumes FULL = new SampleVolumes(
            4_003, 1_175, 4_500, 11_500, 154_242, 3_650, 400, new TimelineMix(15, 55, 7, 2, 1_000_000));

    /** Only staff and service catalogue. */
    public static final SampleVolumes EMPTY = new SampleVolumes(0, 0, 0, 0, 0, 1, 1, SMALL.mix());
}
