package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** An entity that Gazelle returns page by page. */
public interface SyncEntity {
  /** The entity's name in counts, scans and the quarantine. */
  String name();

  /** The names of this entity and of the entities nested in its records. */
  default List<String> entityNames() {
    return List.of(name());
  }

  GraphQlQuery query();

  /** Restricts the query to the window; empty if the entity is always read completely. */
  Map<String, Object> variables(SyncWindow window);

  /**
   * Fetches what the page lacks: the rest of nested lists, and parents that are not stored yet.
   * Called outside any transaction.
   */
  List<JsonNode> completeRecords(ScanContext context, List<JsonNode> records)
      throws InterruptedException;

  /** Maps the records to rows, outside any transaction. */
  PreparedBatch prepare(List<JsonNode> records);

  /** Rows ready to be stored. */
  interface PreparedBatch {
    void write(SqlQueries transaction, ScanContext context);
  }

  /**
   * SQL: {@code external_id} of stored, not deleted rows that a scan of the window is expected to
   * return; {@code $1} and {@code $2} are the window's bounds.
   */
  String expectedIdsSql();

  /** The two bounds for {@link #expectedIdsSql}; null = no limit. */
  List<Object> windowBounds(SyncWindow window);

  /** The records that still exist in Gazelle, inside the window or not. */
  List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException;

  /** Marks rows as deleted; they keep their content. */
  void markDeleted(SqlQueries transaction, ScanContext context, List<String> ids);
}
