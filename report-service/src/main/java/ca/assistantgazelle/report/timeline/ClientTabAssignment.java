package ca.assistantgazelle.report.timeline;

import ca.assistantgazelle.contract.institution.Institution;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.util.HashMap;
import java.util.Map;

/**
 * Maps clients to tabs. Only the client determines the tab, never the text of a note (docs/report.md).
 *
 * @param tabByClient tab by client id, without clients that have no tab
 */
record ClientTabAssignment(Map<String, String> tabByClient) {
    private static final String SELECT_CLIENTS =
            "select external_id, company_name, first_name, last_name from public.gazelle_clients";

    static ClientTabAssignment load(SqlQueries queries, InstitutionDirectory institutions) {
        var tabs = new HashMap<String, String>();
        queries.list(SELECT_CLIENTS, row -> {
            var id = row.getString("external_id");
            return institutions
                    .find(id, row.getString("company_name"), row.getString("first_name"), row.getString("last_name"))
                    .map(Institution::tab)
                    .map(tab -> tabs.put(id, tab));
        });
        return new ClientTabAssignment(Map.copyOf(tabs));
    }

    String[] clientIds() {
        return tabByClient.keySet().toArray(String[]::new);
    }
}
