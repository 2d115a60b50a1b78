package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of record that Gazelle gives page by page. */
public interface Entity {
  /** Its name in counts, cursors and the quarantine. */
  String name();

  Query query();

  /** The connection's field in the answer. */
  String root();

  /** Narrows the query to the window; empty when the entity is always read whole. */
  Map<String, Object> variables(Window window);

  /**
   * Fetches what the page left out: the rest of nested lists, parents that are not stored yet.
   * Outside any transaction.
   */
  List<JsonNode> complete(ScanContext context, List<JsonNode> records);

  /** Stores the records. */
  void write(Queries transaction, ScanContext context, List<JsonNode> records);

  /** Ids of stored, not deleted rows that a scan of the window should have shown. */
  List<String> expected(Queries queries, Window window);

  /** Looks a single record up; empty when Gazelle does not have it. */
  Optional<JsonNode> lookUp(String id);

  /** Marks rows as gone: they keep their content. */
  void markDeleted(Queries transaction, ScanContext context, List<String> ids);
}
