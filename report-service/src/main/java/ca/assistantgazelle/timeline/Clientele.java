package ca.assistantgazelle.timeline;

import ca.assistantgazelle.contract.institution.Institution;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.util.HashMap;
import java.util.Map;

/**
 * Which tab each client's entries stand in. Source: reference/report-alerts.md §1.3, TARGET: the
 * client decides, never the text.
 *
 * @param tabs tab by client id; clients without a tab are not in it
 */
record Clientele(Map<String, String> tabs) {
  private static final String CLIENTS =
      "select external_id, company_name, first_name, last_name from public.gazelle_clients";

  static Clientele of(SqlQueries queries, InstitutionDirectory institutions) {
    var tabs = new HashMap<String, String>();
    queries.list(
        CLIENTS,
        row -> {
          var id = row.getString("external_id");
          return institutions
              .find(
                  id,
                  row.getString("company_name"),
                  row.getString("first_name"),
                  row.getString("last_name"))
              .map(Institution::tab)
              .map(tab -> tabs.put(id, tab));
        });
    return new Clientele(Map.copyOf(tabs));
  }

  String[] clients() {
    return tabs.keySet().toArray(String[]::new);
  }
}
