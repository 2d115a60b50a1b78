package ca.assistantgazelle.report.timeline;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A row of a tab.
 *
 * @param key stable identity, independent of the cells: {@code S:entry}, {@code M:piano:day} or {@code A:alert}
 * @param clientId determines the tab
 * @param at null when unknown; sorted last
 * @param cells one per {@link ReportColumns#NAMES}
 */
public record ReportRow(String key, String clientId, Instant at, List<String> cells) {
    /** Newest first; rows without a date last. */
    public static final Comparator<ReportRow> ORDER = Comparator.comparing(
                    ReportRow::at, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(ReportRow::key);
}
