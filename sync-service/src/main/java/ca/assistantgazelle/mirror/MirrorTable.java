package ca.assistantgazelle.mirror;

import ca.assistantgazelle.sql.Queries;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A table that mirrors an entity of Gazelle.
 *
 * @param changed SQL: those of the ids {@code $1} whose row is not there, is marked as deleted or
 *     has another hash than in {@code $2}. One look into the index per id: compared with an array
 *     of a thousand ids, or joined, every row of a table that was just filled may be met with all
 *     of them
 * @param upsert SQL: one array per component of the row, then the hashes; returns {@code inserted}
 *     per written row
 */
public record MirrorTable<R extends Record>(
    Class<R> type, Function<R, String> id, String changed, String upsert) {
  /**
   * A row and the hash of its content.
   *
   * @param id of the record in Gazelle
   */
  record Hashed<R extends Record>(String id, R row, Buffer hash) {}

  Hashed<R> hashed(R row) {
    return new Hashed<>(id.apply(row), row, Buffer.buffer(ContentHash.of(row)));
  }

  /** Which of the rows are new or differ from what is stored. */
  List<Hashed<R>> changed(Queries transaction, Map<String, Hashed<R>> rows) {
    return transaction
        .list(
            changed,
            row -> row.getString(0),
            rows.keySet().toArray(String[]::new),
            rows.values().stream().map(Hashed::hash).toArray(Buffer[]::new))
        .stream()
        .map(rows::get)
        .toList();
  }

  /** Writes the rows; true for each that was inserted, false for each that was updated. */
  List<Boolean> write(Queries transaction, List<Hashed<R>> rows) {
    var parameters =
        new ArrayList<>(ColumnArrays.of(type, rows.stream().map(Hashed::row).toList()));
    parameters.add(rows.stream().map(Hashed::hash).toArray(Buffer[]::new));
    return transaction.list(upsert, row -> row.getBoolean("inserted"), parameters.toArray());
  }
}
