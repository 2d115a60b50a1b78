package ca.assistantgazelle.report.timeline;

import ca.assistantgazelle.contract.institution.Institution;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The complete report: sorted rows by tab. Every run computes all of it, because the name of a client, a piano's serial
 * number or a technician may change as well as a note.
 *
 * @param tabs contains every tab, also empty ones
 * @param unmapped number of entries without a known client, which appear in no tab
 * @param undated number of entries without a date
 */
public record TimelineReport(Map<String, List<ReportRow>> tabs, long unmapped, long undated) {
    /** The tab of maintenance alerts. */
    public static final String ALERTS_TAB = "Alertes Maintenance";

    /** The institutions' tabs in their configured order, then the alerts tab. */
    public static List<String> tabs(InstitutionDirectory institutions) {
        var names = new ArrayList<String>();
        institutions.institutions().stream()
                .map(Institution::tab)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(names::add);
        names.add(ALERTS_TAB);
        return names;
    }

    /** Gazelle ids of the clients that have a tab. */
    public static String[] clientIds(SqlQueries queries, InstitutionDirectory institutions) {
        return ClientTabAssignment.load(queries, institutions).clientIds();
    }

    /** The statement that reads the entries, for benchmarks. */
    public static String entriesSql() {
        return TimelineEntryStore.TIMELINE;
    }

    /** @param queries a single snapshot, so that the report is consistent */
    public static TimelineReport load(SqlQueries queries, InstitutionDirectory institutions) {
        var clientTabs = ClientTabAssignment.load(queries, institutions);
        Map<String, List<ReportRow>> tabs = new LinkedHashMap<>();
        tabs(institutions).forEach(tab -> tabs.put(tab, new ArrayList<>()));
        for (var row : ReportRowAssembler.assemble(TimelineEntryStore.entries(queries, clientTabs.clientIds()))) {
            var tab = row.clientId() == null ? null : clientTabs.tabByClient().get(row.clientId());
            if (tab != null) {
                tabs.get(tab).add(row);
            }
        }
        for (var alert : TimelineEntryStore.alerts(queries, clientTabs.clientIds())) {
            tabs.get(ALERTS_TAB).add(alert.toRow());
        }
        tabs.values().forEach(rows -> rows.sort(ReportRow.ORDER));
        return new TimelineReport(
                tabs, TimelineEntryStore.countUnmapped(queries), TimelineEntryStore.countUndated(queries));
    }
}
