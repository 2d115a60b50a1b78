package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An entity that Gazelle returns page by page. */
public interface PagedSyncSource {
    /** The entity's name in counts, scans and the quarantine. */
    String name();

    /** The names of this entity and of the entities nested in its records. */
    default List<String> entityNames() {
        return List.of(name());
    }

    MirrorTable<?> table();

    GraphQlQuery query();

    /** Restricts the query to the window; empty if the entity is always read completely. */
    default Map<String, Object> variables(SyncDateWindow window) {
        return Map.of();
    }

    /**
     * Fetches what the page lacks: the rest of nested lists, and parents that are not stored yet. Called outside any
     * transaction.
     */
    default List<JsonNode> completeRecords(ScanContext context, List<JsonNode> records) throws InterruptedException {
        return records;
    }

    /** Maps the records to rows, outside any transaction. */
    PreparedBatch prepare(List<JsonNode> records);

    /** Rows ready to be stored. */
    interface PreparedBatch {
        void write(SqlQueries transaction, ScanContext context);
    }

    /** SQL: whether a stored row is in the window with the bounds {@code $1} and {@code $2}. */
    default String windowCondition() {
        return "$1::timestamptz is null and $2::timestamptz is null";
    }

    /** The two bounds for {@link #windowCondition}; null = no limit. */
    default List<Object> windowBounds(SyncDateWindow window) {
        return Arrays.asList(null, null);
    }

    /** SQL: ids of the stored rows that a scan of the window is expected to return. */
    default String expectedIdsSql() {
        return table().storedIds() + " and " + windowCondition();
    }

    /** The records that still exist in Gazelle, inside the window or not. */
    List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException;

    /**
     * After a complete scan: marks nested records as deleted that their parents no longer contain, with a second look
     * at each and a guard against mass loss.
     */
    default void confirmNestedDeletions(ScanContext context) throws InterruptedException {}

    /** Marks rows as deleted; they keep their content. */
    default void markDeleted(SqlQueries transaction, ScanContext context, List<String> ids) {
        table().markDeleted(transaction, ids);
    }
}
