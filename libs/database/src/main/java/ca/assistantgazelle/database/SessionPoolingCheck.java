package ca.assistantgazelle.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out whether a connection keeps its session between transactions. Behind a transaction pooler, another
 * connection's transaction takes over the server process: LISTEN hears nothing, prepared statements and session
 * settings get lost or mixed up.
 */
public final class SessionPoolingCheck {
    /** A prepared statement of another session was found, or ours was not. */
    private static final Set<String> FOREIGN_STATEMENT_STATES = Set.of("42P05", "26000");

    private SessionPoolingCheck() {}

    /**
     * @param first a connection in auto-commit mode
     * @param second another connection with the same settings; left in auto-commit mode
     * @return false behind a transaction pooler
     * @throws SQLException if the database does not answer
     */
    public static boolean keepsSession(Connection first, Connection second) throws SQLException {
        var mark = UUID.randomUUID().toString();
        try {
            var before = markSession(first, mark) + " " + mark;
            second.setAutoCommit(false);
            query(second, "select 1");
            var after = query(first, "select pg_backend_pid() || ' ' || current_setting('gazelle.probe', true)");
            second.rollback();
            second.setAutoCommit(true);
            return before.equals(after);
        } catch (SQLException e) {
            if (FOREIGN_STATEMENT_STATES.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        }
    }

    private static String markSession(Connection session, String mark) throws SQLException {
        try (var statement = session.prepareStatement("select set_config('gazelle.probe', ?, false)")) {
            statement.setString(1, mark);
            statement.executeQuery().close();
        }
        return query(session, "select pg_backend_pid()");
    }

    private static String query(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
