package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.mirror.PreparedRows;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * An entity that Gazelle returns as a single list.
 *
 * @param known SQL: number of rows that came from Gazelle before
 * @param stored SQL: number of rows with the ids {@code $1}, without those that the run {@code $3} has quarantined for
 *     the entity {@code $2}
 */
public record UnpagedSyncSource<R extends Record>(
        String name,
        GraphQlQuery query,
        Function<JsonNode, R> mapping,
        MirrorTable<R> table,
        String known,
        String stored) {
    /**
     * An entity stored in a table under this id column.
     *
     * @param known SQL condition: the row came from Gazelle
     */
    public static <R extends Record> UnpagedSyncSource<R> of(
            String name,
            GraphQlQuery query,
            Function<JsonNode, R> mapping,
            MirrorTable<R> table,
            String tableName,
            String idColumn,
            String known) {
        return new UnpagedSyncSource<>(
                name,
                query,
                mapping,
                table,
                "select count(*) from %s where %s".formatted(tableName, known),
                """
                select count(*) from %1$s where %2$s = any ($1) and not exists (
                  select from automation.quarantine q where q.entity = $2 and q.run_id = $3 and q.external_id = %2$s)
                """.formatted(tableName, idColumn));
    }

    /** Reads the list and stores it in one transaction. */
    public void run(GazelleGraphQlClient gazelle, MirrorWriter writer, ScanContext context)
            throws InterruptedException {
        var records = gazelle.list(query);
        requirePlausible(context, records.size());
        var rows = writer.prepare(records, mapping, table);
        var tally = context.countsOf(name);
        context.jobContext().write(transaction -> {
            writer.releaseWithoutId(transaction, context.runId(), name);
            writer.write(transaction, context.runId(), name, rows, tally);
            // For tables without a hash the statement skips unchanged rows: those are counted in the table.
            tally.add(
                    "unchanged",
                    countStored(transaction, context, rows)
                            - tally.get("inserted")
                            - tally.get("updated")
                            - tally.get("unchanged"));
            return null;
        });
        context.jobContext().log().info("%s synchronised: %s", name, tally.counts());
    }

    // Nothing is deleted because of a short list, but it must not pass for a complete one.
    private void requirePlausible(ScanContext context, int received) {
        long before =
                context.jobContext().read().first(known, row -> row.getLong(0)).orElseThrow();
        if (received * 2L < before) {
            throw GazelleException.of(
                    "GAZELLE_ANSWER_INCOMPLETE",
                    true,
                    "Gazelle returned " + received + " of " + before + " known " + name + ".",
                    "Gazelle may be failing, or the key lacks permissions; log in to Gazelle as the user of the key and check.",
                    null);
        }
    }

    private long countStored(SqlQueries transaction, ScanContext context, PreparedRows<R> rows) {
        return transaction
                .first(stored, row -> row.getLong(0), rows.ids().toArray(String[]::new), name, context.runId())
                .orElseThrow();
    }
}
