package ca.assistantgazelle.sync.mirror;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.UnmappableRecordException;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes Gazelle records to a table. Only changed rows are written; rows that violate the table's constraints are
 * quarantined individually and the rest is stored.
 */
@Singleton
public class MirrorWriter {
    private final RecordQuarantine quarantine;

    MirrorWriter(RecordQuarantine quarantine) {
        this.quarantine = quarantine;
    }

    /**
     * Maps the records to rows and hashes them, outside any transaction.
     *
     * @param mapping of a record to its row; may throw {@link UnmappableRecordException}
     */
    public <R extends Record> PreparedRows<R> prepare(
            List<JsonNode> records, Function<JsonNode, R> mapping, MirrorTable<R> table) {
        var prepared = new PreparedRows<>(table);
        for (var received : records) {
            if (UnreadableRecord.isUnreadable(received)) {
                prepared.reject(received, UnreadableRecord.reason(received));
                continue;
            }
            try {
                prepared.add(table.hashed(mapping.apply(received)), received);
            } catch (UnmappableRecordException e) {
                prepared.reject(received, e.getMessage());
            }
        }
        return prepared;
    }

    /**
     * @param entity its name in counts and in the quarantine
     * @return ids of the rows that were written
     */
    public <R extends Record> List<String> write(
            SqlQueries transaction, UUID runId, String entity, PreparedRows<R> prepared, EntitySyncCounts tally) {
        for (var one : prepared.rejected()) {
            quarantineRecord(transaction, runId, entity, one.payload(), one.reason(), tally);
        }
        var rows = prepared.rows();
        tally.add("fetched", rows.size());
        if (rows.isEmpty()) {
            return List.of();
        }
        var table = prepared.table();
        var changed = table.changed(transaction, rows);
        tally.add("unchanged", (long) rows.size() - changed.size());
        var written = new ArrayList<String>();
        store(transaction, runId, entity, changed, prepared, tally, written);
        quarantine.release(transaction, entity, stored(rows.keySet(), changed, written));
        return written;
    }

    /** After a complete read: releases records without an id that no longer exist. */
    public void releaseWithoutId(SqlQueries transaction, UUID runId, String entity) {
        quarantine.releaseWithoutId(transaction, runId, List.of(entity));
    }

    private <R extends Record> void store(
            SqlQueries transaction,
            UUID runId,
            String entity,
            List<MirrorTable.HashedRow<R>> rows,
            PreparedRows<R> prepared,
            EntitySyncCounts tally,
            List<String> written) {
        if (rows.isEmpty()) {
            return;
        }
        transaction.executeLater("savepoint mirror");
        try {
            var inserted = prepared.table().write(transaction, rows);
            transaction.executeLater("release savepoint mirror");
            long insertions = inserted.stream().filter(one -> one).count();
            tally.add("inserted", insertions);
            tally.add("updated", inserted.size() - insertions);
            rows.forEach(row -> written.add(row.id()));
        } catch (PgException e) {
            if (!isDataError(e)) {
                throw e;
            }
            transaction.update("rollback to savepoint mirror");
            if (rows.size() == 1) {
                var id = rows.getFirst().id();
                quarantine.put(transaction, runId, entity, id, reason(e), prepared.payload(id));
                tally.add("quarantined", 1);
            } else {
                int half = rows.size() / 2;
                store(transaction, runId, entity, rows.subList(0, half), prepared, tally, written);
                store(transaction, runId, entity, rows.subList(half, rows.size()), prepared, tally, written);
            }
        }
    }

    private void quarantineRecord(
            SqlQueries transaction,
            UUID runId,
            String entity,
            JsonNode received,
            String reason,
            EntitySyncCounts tally) {
        var id = received.path("id").asText("");
        var key = id.isBlank() || !SafeText.isPlain(id)
                ? RecordQuarantine.NO_ID_PREFIX + ContentDigests.nameUuid(received.toString())
                : id;
        quarantine.put(transaction, runId, entity, key, reason, received);
        tally.add("fetched", 1);
        tally.add("quarantined", 1);
    }

    private static <R extends Record> Set<String> stored(
            Set<String> all, List<MirrorTable.HashedRow<R>> changed, List<String> written) {
        var stored = new HashSet<>(all);
        changed.forEach(row -> stored.remove(row.id()));
        stored.addAll(written);
        return stored;
    }

    // 22: invalid value; 23: constraint violation. Anything else is an error of the statement or the
    // server.
    private static boolean isDataError(PgException e) {
        var state = String.valueOf(e.getSqlState());
        return state.startsWith("22") || state.startsWith("23");
    }

    // Excludes the server's DETAIL, which quotes the row.
    private static String reason(PgException e) {
        return "SQLSTATE "
                + e.getSqlState()
                + ": "
                + e.getErrorMessage()
                + (e.getConstraint() == null ? "" : " (" + e.getConstraint() + ")");
    }
}
