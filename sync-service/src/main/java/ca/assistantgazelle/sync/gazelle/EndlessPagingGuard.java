package ca.assistantgazelle.sync.gazelle;

/** Detects endless paging through a list. */
public final class EndlessPagingGuard {
    /** Tolerance for records added while the list is read. */
    private static final int MAX_GROWTH = 1_000;

    private static final int MAX_EMPTY_PAGES = 10;

    private long read;
    private int emptyPages;

    /**
     * @param records on the page
     * @param total Gazelle's total number of records
     * @throws GazelleException if far more was read than the total, or many pages were empty
     */
    public void read(int records, int total) {
        read += records;
        emptyPages = records == 0 ? emptyPages + 1 : 0;
        if (read > 2L * total + MAX_GROWTH || emptyPages > MAX_EMPTY_PAGES) {
            throw GazelleException.endlessPaging(read, total);
        }
    }
}
