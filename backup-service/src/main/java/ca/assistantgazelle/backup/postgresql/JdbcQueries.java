package ca.assistantgazelle.backup.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Helper methods for JDBC queries and updates. */
public final class JdbcQueries {
    private JdbcQueries() {}

    /** SQLSTATE and message of an error, without the details, which may quote rows. */
    public static String describe(SQLException e) {
        var message = e.getMessage() == null ? "" : e.getMessage();
        return "SQLSTATE " + e.getSQLState() + " " + message.lines().findFirst().orElse("");
    }

    /** The first column of all rows; values may be null. */
    public static List<String> queryStrings(Connection session, String sql, Object... values) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = prepare(session, sql, values);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The first column of the first row. */
    public static String queryString(Connection session, String sql, Object... values) throws SQLException {
        return queryStrings(session, sql, values).getFirst();
    }

    public static long queryLong(Connection session, String sql, Object... values) throws SQLException {
        return Long.parseLong(queryString(session, sql, values));
    }

    public static boolean queryBoolean(Connection session, String sql, Object... values) throws SQLException {
        return "t".equals(queryString(session, sql, values));
    }

    /** Returns the number of rows changed. */
    public static int update(Connection session, String sql, Object... values) throws SQLException {
        try (var statement = prepare(session, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection session, String sql, Object... values) throws SQLException {
        var statement = session.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    public static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
