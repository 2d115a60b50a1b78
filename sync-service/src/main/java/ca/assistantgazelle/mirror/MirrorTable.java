package ca.assistantgazelle.mirror;

import ca.assistantgazelle.sql.Queries;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  /**
   * A row and the hash of its content.
   *
   * @param id of the record in Gazelle
   */
  record Hashed<R extends Record>(String id, R row, Buffer hash) {}

  private record Known(String id, Buffer hash) {}

  Hashed<R> hashed(R row) {
    return new Hashed<>(id.apply(row), row, Buffer.buffer(ContentHash.of(row)));
  }

  /** Which of the rows are new or differ from what is stored. */
  List<Hashed<R>> changed(Queries transaction, Collection<Hashed<R>> rows) {
    Map<String, Buffer> hashes =
        transaction
            .list(
                known,
                row -> new Known(row.getString("external_id"), hash(row)),
                (Object) rows.stream().map(Hashed::id).toArray(String[]::new))
            .stream()
            .collect(Collectors.toMap(Known::id, Known::hash));
    return rows.stream().filter(row -> !row.hash().equals(hashes.get(row.id()))).toList();
  }

  /** Writes the rows; true for each that was inserted, false for each that was updated. */
  List<Boolean> write(Queries transaction, List<Hashed<R>> rows) {
    var parameters =
        new ArrayList<>(ColumnArrays.of(type, rows.stream().map(Hashed::row).toList()));
    parameters.add(rows.stream().map(Hashed::hash).toArray(Buffer[]::new));
    return transaction.list(upsert, row -> row.getBoolean("inserted"), parameters.toArray());
  }

  // Rows of the former system have none; nothing equals it.
  private static Buffer hash(Row row) {
    var stored = row.getValue("content_hash");
    return stored instanceof Buffer hash ? hash : Buffer.buffer();
  }
}
