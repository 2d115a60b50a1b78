package ca.assistantgazelle.backup.manifest;

import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads the row counts, checksums and object counts of a database. */
public final class DatabaseFingerprintReader {
    /**
     * Identifies the algorithm in each checksum. PostgreSQL assigns rows to hash partitions with
     * {@code hashtextextended}, so it has to stay stable; versions 15, 17 and 18 agree. md5 takes 1.5 times as long.
     */
    private static final String CHECKSUM_PREFIX = "h64:";

    /** Settings that make the text form of values the same on every server. */
    private static final List<String> PINNED_SETTINGS = List.of(
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

    static final String NOT_OWNED_BY_EXTENSION =
            "not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')";

    /** Alias of the row. A column of the same name would take precedence, so the name is unusual. */
    private static final String ROW_ALIAS = "\"gz:row\"";

    private final Connection session;
    private final List<String> excluded;

    /**
     * @param session in a transaction, whose snapshot is read
     * @param excluded schemas that are skipped
     */
    public DatabaseFingerprintReader(Connection session, List<String> excluded) {
        this.session = session;
        this.excluded = excluded;
    }

    /** Fixes the text form of values until the end of the transaction. */
    public static void pinSettings(Connection session) throws SQLException {
        for (var setting : PINNED_SETTINGS) {
            JdbcQueries.execute(session, setting);
        }
    }

    /** Reads all rows once. */
    public DatabaseFingerprint read() throws SQLException {
        pinSettings(session);
        var tables = new ArrayList<DatabaseFingerprint.TableSummary>();
        for (var table : tables()) {
            tables.add(summarize(table));
        }
        var objects = new TreeMap<String, Long>();
        var definitions = new TreeMap<String, String>();
        for (var kind : SchemaObjectKind.values()) {
            forEachRow(kind.sql(), row -> {
                objects.put(kind.manifestKey(), row.getLong(1));
                definitions.put(kind.manifestKey(), CHECKSUM_PREFIX + row.getString(2));
            });
        }
        objects.put("large_objects", JdbcQueries.queryLong(session, "select count(*) from pg_largeobject_metadata"));
        return new DatabaseFingerprint(tables, sequences(), objects, definitions);
    }

    /**
     * Acquires the same table locks as pg_dump, before it starts. Otherwise a schema change queued behind pg_dump would
     * block the counting.
     */
    public void lockTables() throws SQLException {
        var tables = new ArrayList<String>();
        forEachRow(
                "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname) from pg_class o where o.relkind in ('r', 'p') and "
                        + inBackedUpSchemas("o.relnamespace"),
                row -> tables.add(row.getString(1)));
        for (var table : tables) {
            JdbcQueries.execute(session, "lock table only " + table + " in access share mode");
        }
    }

    /** The current values of the sequences, which are not covered by the snapshot. */
    public List<DatabaseFingerprint.SequenceState> sequences() throws SQLException {
        var names = new ArrayList<String>();
        forEachRow(
                "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname) from pg_class o where o.relkind = 'S' and "
                        + inBackedUpSchemas("o.relnamespace")
                        + " and "
                        + NOT_OWNED_BY_EXTENSION
                        + " order by 1",
                row -> names.add(row.getString(1)));
        var states = new ArrayList<DatabaseFingerprint.SequenceState>();
        for (var name : names) {
            try (var statement = session.createStatement();
                    var rows = statement.executeQuery("select last_value, is_called from " + name)) {
                rows.next();
                states.add(new DatabaseFingerprint.SequenceState(name, rows.getLong(1), rows.getBoolean(2)));
            }
        }
        return states;
    }

    private List<DatabaseFingerprint.TableSummary> tables() throws SQLException {
        var found = new ArrayList<DatabaseFingerprint.TableSummary>();
        forEachRow(
                "select format('%I.%I', (select nspname from pg_namespace where oid = o.relnamespace), o.relname), o.relkind = 'm', o.relrowsecurity from pg_class o where o.relkind in ('r', 'm') and o.relispopulated and "
                        + inBackedUpSchemas("o.relnamespace")
                        + " and "
                        + NOT_OWNED_BY_EXTENSION
                        + " order by 1",
                row -> found.add(new DatabaseFingerprint.TableSummary(
                        row.getString(1),
                        row.getBoolean(2) ? DatabaseFingerprint.MATERIALIZED_VIEW_KIND : DatabaseFingerprint.TABLE_KIND,
                        0,
                        null,
                        row.getBoolean(3))));
        return found;
    }

    private DatabaseFingerprint.TableSummary summarize(DatabaseFingerprint.TableSummary table) throws SQLException {
        var sql = "select count(*), coalesce(sum("
                + hash64(ROW_ALIAS + "::text")
                + "), 0)::text from "
                + (table.isMaterializedView() ? "" : "only ")
                + table.name()
                + " "
                + ROW_ALIAS;
        try (var statement = session.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return new DatabaseFingerprint.TableSummary(
                    table.name(), table.kind(), rows.getLong(1), CHECKSUM_PREFIX + rows.getString(2), table.rls());
        }
    }

    // The sum of bigints is a numeric, which does not overflow.
    static String hash64(String text) {
        return "hashtextextended(" + text + ", 0)";
    }

    /** SQL condition with one parameter: the excluded schemas. */
    static String inBackedUpSchemas(String schema) {
        return schema
                + " in (select n.oid from pg_namespace n where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and n.nspname <> all (?))";
    }

    private interface ResultRowHandler {
        void accept(ResultSet row) throws SQLException;
    }

    private void forEachRow(String sql, ResultRowHandler handler) throws SQLException {
        try (var statement = session.prepareStatement(sql)) {
            statement.setArray(1, session.createArrayOf("name", excluded.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    handler.accept(rows);
                }
            }
        }
    }
}
