package ca.assistantgazelle.report.publication;

/** Row counts of a tab, compared with the last publication. */
record TabChanges(long added, long updated, long removed, long total) {
    /** No row changed. */
    static TabChanges unchanged(long total) {
        return new TabChanges(0, 0, 0, total);
    }
}
