package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A kind of record that Gazelle gives page by page. */
public interface Entity {
  /** Its name in counts, cursors and the quarantine. */
  String name();

  /** All that comes with it: its own name and those of records inside its records. */
  default List<String> kinds() {
    return List.of(name());
  }

  Query query();

  /** Narrows the query to the window; empty when the entity is always read whole. */
  Map<String, Object> variables(Window window);

  /**
   * Fetches what the page left out: the rest of nested lists, parents that are not stored yet.
   * Outside any transaction.
   */
  List<JsonNode> complete(ScanContext context, List<JsonNode> records) throws InterruptedException;

  /** Makes rows of the records: no transaction is held up by it. */
  Batch prepare(List<JsonNode> records);

  /** Rows that are ready to be stored. */
  interface Batch {
    void write(Queries transaction, ScanContext context);
  }

  /**
   * SQL: {@code external_id} of stored, not deleted rows that a scan of the window should have
   * shown, the window's bounds being {@code $1} and {@code $2}.
   */
  String expected();

  /** The two bounds for {@link #expected}; null = no limit. */
  List<Object> bounds(Window window);

  /** Those of the records that Gazelle still has, wherever they are now. */
  List<JsonNode> lookUp(List<String> ids) throws InterruptedException;

  /** Marks rows as gone: they keep their content. */
  void markDeleted(Queries transaction, ScanContext context, List<String> ids);
}
