package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes a restored system inert, so that it does not act on its own: {@code automation.quiesce()}, a function of the
 * restored database, knows the states of its tables (docs/backup.md).
 */
final class RestoredSystemQuiescer {
    private RestoredSystemQuiescer() {}

    /**
     * Runs {@code automation.quiesce()} and returns one line per kind of change; empty if the database does not have
     * that function.
     */
    static List<String> apply(Connection session) throws SQLException {
        boolean isOurs =
                JdbcQueries.queryString(session, "select to_regprocedure('automation.quiesce()')::text") != null;
        return isOurs ? JdbcQueries.queryStrings(session, "select automation.quiesce()") : List.of();
    }

    /** Makes the timetables start from now, in a database that has that function. */
    static boolean skipCatchUp(Connection session) throws SQLException {
        boolean known =
                JdbcQueries.queryString(session, "select to_regprocedure('automation.skip_catch_up()')::text") != null;
        if (known) {
            JdbcQueries.execute(session, "select automation.skip_catch_up()");
        }
        return known;
    }
}
