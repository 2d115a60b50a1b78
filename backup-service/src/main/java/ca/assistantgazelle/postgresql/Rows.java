package ca.assistantgazelle.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Small questions to a session. */
public final class Rows {
  private Rows() {}

  /** What the server said, without the details, which may quote rows. */
  public static String words(SQLException e) {
    var message = e.getMessage() == null ? "" : e.getMessage();
    return "SQLSTATE " + e.getSQLState() + " " + message.lines().findFirst().orElse("");
  }

  /** The first column; values may be null. */
  public static List<String> texts(Connection session, String sql, Object... values)
      throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = session.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }

  /** The first column of the first row. */
  public static String text(Connection session, String sql, Object... values) throws SQLException {
    return texts(session, sql, values).getFirst();
  }

  public static long number(Connection session, String sql, Object... values) throws SQLException {
    return Long.parseLong(text(session, sql, values));
  }

  public static boolean is(Connection session, String sql, Object... values) throws SQLException {
    return "t".equals(text(session, sql, values));
  }

  /** How many rows it changed. */
  public static int update(Connection session, String sql, Object... values) throws SQLException {
    try (var statement = session.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  public static void execute(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
