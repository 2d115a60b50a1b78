package ca.assistantgazelle.sync.scan;

import java.util.Map;

/**
 * @param cursor of the last stored page; null before the first
 * @param total Gazelle's last total; 0 before the first page
 * @param pass number of the pass, from 1
 * @param counts by entity
 */
record ScanProgress(
        String cursor,
        int pages,
        int total,
        int pass,
        boolean shrank,
        boolean finished,
        Map<String, Map<String, Long>> counts) {
    static final ScanProgress NONE = new ScanProgress(null, 0, 0, 1, false, false, Map.of());

    static ScanProgress at(String cursor, int pages, ScanPass pass, Map<String, Map<String, Long>> counts) {
        return new ScanProgress(cursor, pages, pass.total(), pass.number(), pass.shrank(), false, counts);
    }

    ScanProgress asFinished() {
        return new ScanProgress(cursor, pages, total, pass, shrank, true, counts);
    }
}
