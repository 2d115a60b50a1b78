package ca.assistantgazelle.timeline;

import ca.assistantgazelle.contract.institution.Institution;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that a full refresh would publish, by tab and in order. Every run computes all of it: the
 * name of a client, a piano's serial number or a technician may have changed as well as a note.
 *
 * @param tabs never lacks a tab; one may be empty
 * @param unmapped entries without a known client, which stand in no tab
 * @param undated entries without a date
 * @param arrived when the newest entry had arrived; null when there is none
 */
public record Report(
    Map<String, List<ReportRow>> tabs, long unmapped, long undated, Instant arrived) {
  /** The tab of what is wrong somewhere. */
  public static final String ALERTS = "Alertes Maintenance";

  /** The tabs of institutions, in their order, and the alerts' last. */
  public static List<String> tabs(InstitutionDirectory institutions) {
    var names = new ArrayList<String>();
    institutions.institutions().stream()
        .map(Institution::tab)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(names::add);
    names.add(ALERTS);
    return names;
  }

  /** Gazelle ids of the clients that have a tab. */
  public static String[] clients(SqlQueries queries, InstitutionDirectory institutions) {
    return Clientele.of(queries, institutions).clients();
  }

  /** The statement that reads the entries of clients with a tab; for measuring it bare. */
  public static String sql() {
    return Entries.TIMELINE;
  }

  /**
   * @param queries of one transaction, so that all of it is of one moment
   */
  public static Report of(SqlQueries queries, InstitutionDirectory institutions) {
    var clientele = Clientele.of(queries, institutions);
    Map<String, List<ReportRow>> tabs = new LinkedHashMap<>();
    tabs(institutions).forEach(tab -> tabs.put(tab, new ArrayList<>()));
    var arrived = Entries.newestArrival(queries);
    for (var row : Pairing.rows(Entries.of(queries, clientele.clients()))) {
      var tab = row.clientId() == null ? null : clientele.tabs().get(row.clientId());
      if (tab != null) {
        tabs.get(tab).add(row);
      }
    }
    for (var alert : Entries.alerts(queries, clientele.clients())) {
      tabs.get(ALERTS).add(alert.row());
    }
    tabs.values().forEach(rows -> rows.sort(ReportRow.ORDER));
    return new Report(tabs, Entries.unmapped(queries), Entries.undated(queries), arrived);
  }
}
