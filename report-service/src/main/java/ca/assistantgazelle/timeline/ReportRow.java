package ca.assistantgazelle.timeline;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A line of a tab.
 *
 * @param key names it whatever its cells say: {@code S:entry}, {@code M:piano:day} or {@code
 *     A:alert}
 * @param clientId decides on the tab
 * @param at null when nobody knows when it was; it stands last
 * @param cells as many as {@link Columns#NAMES}
 */
public record ReportRow(String key, String clientId, Instant at, List<String> cells) {
  /** Newest day first, within it latest first. Source: reference/report-alerts.md §1.10. */
  public static final Comparator<ReportRow> ORDER =
      Comparator.comparing(ReportRow::at, Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(ReportRow::key);
}
