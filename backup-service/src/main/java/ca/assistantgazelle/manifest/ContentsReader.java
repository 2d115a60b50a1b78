package ca.assistantgazelle.manifest;

import ca.assistantgazelle.postgresql.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Counts and sums a database. */
public final class ContentsReader {
  /**
   * The algorithm's name stands in each value. PostgreSQL places the rows of hash-partitioned
   * tables by this function, so that it cannot change it; 15, 17 and 18 were seen to agree. md5,
   * the alternative, takes half as long again.
   */
  private static final String ALGORITHM = "h64:";

  /** How values are written is the same on every server and in every session. */
  private static final List<String> PINNED =
      List.of(
          "set local search_path = ''",
          "set local datestyle = 'ISO, YMD'",
          "set local intervalstyle = 'postgres'",
          "set local timezone = 'UTC'",
          "set local extra_float_digits = 3",
          "set local bytea_output = 'hex'",
          "set local xmloption = 'content'",
          "set local row_security = off",
          "set local statement_timeout = 0",
          "set local lock_timeout = 60000",
          "set local idle_in_transaction_session_timeout = 0");

  static final String NOT_OF_AN_EXTENSION =
      "not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')";

  /** No table has a column of that name, which would be taken instead of the row. */
  private static final String ROW = "\"gz:row\"";

  private final Connection session;
  private final List<String> excluded;

  /**
   * @param session in a transaction, whose snapshot is looked at
   * @param excluded schemas that are left out
   */
  public ContentsReader(Connection session, List<String> excluded) {
    this.session = session;
    this.excluded = excluded;
  }

  /** From here to the end of the transaction, values are written the same way everywhere. */
  public static void pin(Connection session) throws SQLException {
    for (var setting : PINNED) {
      Rows.execute(session, setting);
    }
  }

  /** Everything. Reads all rows once. */
  public Contents read() throws SQLException {
    pin(session);
    var tables = new ArrayList<Contents.Table>();
    for (var table : tables()) {
      tables.add(summed(table));
    }
    var objects = new TreeMap<String, Long>();
    var definitions = new TreeMap<String, String>();
    for (var kind : ObjectKind.values()) {
      select(
          kind.sql(),
          row -> {
            objects.put(kind.word(), row.getLong(1));
            definitions.put(kind.word(), ALGORITHM + row.getString(2));
          });
    }
    objects.put(
        "large_objects", Rows.number(session, "select count(*) from pg_largeobject_metadata"));
    return new Contents(tables, sequences(), objects, definitions);
  }

  /**
   * Takes what pg_dump will take, before it: a change that waits behind pg_dump would otherwise
   * make the counting wait behind it.
   */
  public void lock() throws SQLException {
    var tables = new ArrayList<String>();
    select(
        "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname) from pg_class o where o.relkind in ('r', 'p') and "
            + ours("o.relnamespace"),
        row -> tables.add(row.getString(1)));
    for (var table : tables) {
      Rows.execute(session, "lock table only " + table + " in access share mode");
    }
  }

  /** Where the sequences stand now: they know no snapshot. */
  public List<Contents.Sequence> sequences() throws SQLException {
    var names = new ArrayList<String>();
    select(
        "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname) from pg_class o where o.relkind = 'S' and "
            + ours("o.relnamespace")
            + " and "
            + NOT_OF_AN_EXTENSION
            + " order by 1",
        row -> names.add(row.getString(1)));
    var states = new ArrayList<Contents.Sequence>();
    for (var name : names) {
      try (var statement = session.createStatement();
          var rows = statement.executeQuery("select last_value, is_called from " + name)) {
        rows.next();
        states.add(new Contents.Sequence(name, rows.getLong(1), rows.getBoolean(2)));
      }
    }
    return states;
  }

  private List<Contents.Table> tables() throws SQLException {
    var found = new ArrayList<Contents.Table>();
    select(
        "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname), o.relkind = 'm', o.relrowsecurity from pg_class o where o.relkind in ('r', 'm') and o.relispopulated and "
            + ours("o.relnamespace")
            + " and "
            + NOT_OF_AN_EXTENSION
            + " order by 1",
        row ->
            found.add(
                new Contents.Table(
                    row.getString(1),
                    row.getBoolean(2) ? Contents.VIEW : Contents.TABLE,
                    0,
                    null,
                    row.getBoolean(3))));
    return found;
  }

  private Contents.Table summed(Contents.Table table) throws SQLException {
    var sql =
        "select count(*), coalesce(sum("
            + sixtyFourBits(ROW + "::text")
            + "), 0)::text from "
            + (table.isView() ? "" : "only ")
            + table.name()
            + " "
            + ROW;
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return new Contents.Table(
          table.name(), table.kind(), rows.getLong(1), ALGORITHM + rows.getString(2), table.rls());
    }
  }

  // A sum of bigints is a numeric that cannot overflow.
  static String sixtyFourBits(String text) {
    return "hashtextextended(" + text + ", 0)";
  }

  /** Has one parameter: the excluded schemas. */
  static String ours(String schema) {
    return schema
        + " in (select n.oid from pg_namespace n where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and n.nspname <> all (?))";
  }

  private interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  private void select(String sql, Taker taker) throws SQLException {
    try (var statement = session.prepareStatement(sql)) {
      statement.setArray(1, session.createArrayOf("name", excluded.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    }
  }
}
