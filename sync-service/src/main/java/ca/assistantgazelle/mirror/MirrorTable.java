package ca.assistantgazelle.mirror;

import ca.assistantgazelle.sql.Queries;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A table that mirrors an entity of Gazelle.
 *
 * @param known SQL: {@code external_id} and {@code content_hash} of the rows with the ids {@code
 *     $1} that are not deleted
 * @param upsert SQL: one array per component of the row, then the hashes; returns {@code inserted}
 *     per written row
 */
public record MirrorTable<R extends Record>(
    Class<R> type, Function<R, String> id, String known, String upsert) {
  /** Which of the rows are new or differ from what is stored. */
  List<R> changed(Queries transaction, List<R> rows) {
    Map<String, Buffer> hashes = new HashMap<>();
    knownHashes(transaction, rows).forEach(hashes::putAll);
    return rows.stream()
        .filter(row -> !Buffer.buffer(ContentHash.of(row)).equals(hashes.get(id.apply(row))))
        .toList();
  }

  private List<Map<String, Buffer>> knownHashes(Queries transaction, List<R> rows) {
    var ids = rows.stream().map(id).toArray(String[]::new);
    return transaction.list(
        known, row -> Map.of(row.getString("external_id"), hash(row)), (Object) ids);
  }

  /** Writes the rows; true for each that was inserted, false for each that was updated. */
  List<Boolean> write(Queries transaction, List<R> rows) {
    var parameters = new ArrayList<>(ColumnArrays.of(type, rows));
    parameters.add(
        rows.stream().map(row -> Buffer.buffer(ContentHash.of(row))).toArray(Buffer[]::new));
    return transaction.list(upsert, row -> row.getBoolean("inserted"), parameters.toArray());
  }

  // Rows of the former system have none; nothing equals it.
  private static Buffer hash(Row row) {
    var stored = row.getValue("content_hash");
    return stored instanceof Buffer hash ? hash : Buffer.buffer();
  }
}
