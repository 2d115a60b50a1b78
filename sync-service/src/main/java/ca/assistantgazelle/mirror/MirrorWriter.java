package ca.assistantgazelle.mirror;

import ca.assistantgazelle.gazelle.UnmappableException;
import ca.assistantgazelle.gazelle.Unreadable;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Brings records of Gazelle into a table: only what changed is written, and what the table refuses
 * is set aside one by one while the rest is stored.
 */
@Singleton
public class MirrorWriter {
  private final Quarantine quarantine;

  MirrorWriter(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  /**
   * Makes the rows and their hashes. Needs no transaction, and must not hold one up.
   *
   * @param mapping makes the row; may throw {@link UnmappableException}
   */
  public <R extends Record> PreparedRows<R> prepare(
      List<JsonNode> records, Function<JsonNode, R> mapping, MirrorTable<R> table) {
    var prepared = new PreparedRows<>(table);
    for (var received : records) {
      if (Unreadable.is(received)) {
        prepared.refuse(received, Unreadable.reason(received));
        continue;
      }
      try {
        prepared.add(table.hashed(mapping.apply(received)), received);
      } catch (UnmappableException e) {
        prepared.refuse(received, e.getMessage());
      }
    }
    return prepared;
  }

  /**
   * @param entity its name in counts and in the quarantine
   * @return ids of the rows that were written
   */
  public <R extends Record> List<String> write(
      Queries transaction, UUID runId, String entity, PreparedRows<R> prepared, Tally tally) {
    for (var one : prepared.refused()) {
      setAside(transaction, runId, entity, one.payload(), one.reason(), tally);
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

  /** After all of a kind was read: records without an id that are not there any more. */
  public void releaseUnnamed(Queries transaction, UUID runId, String entity) {
    quarantine.releaseUnnamed(transaction, runId, List.of(entity));
  }

  private <R extends Record> void store(
      Queries transaction,
      UUID runId,
      String entity,
      List<MirrorTable.Hashed<R>> rows,
      PreparedRows<R> prepared,
      Tally tally,
      List<String> written) {
    if (rows.isEmpty()) {
      return;
    }
    transaction.write("savepoint mirror");
    try {
      var inserted = prepared.table().write(transaction, rows);
      transaction.write("release savepoint mirror");
      long insertions = inserted.stream().filter(one -> one).count();
      tally.add("inserted", insertions);
      tally.add("updated", inserted.size() - insertions);
      rows.forEach(row -> written.add(row.id()));
    } catch (PgException e) {
      if (!isAboutTheData(e)) {
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
        store(
            transaction, runId, entity, rows.subList(half, rows.size()), prepared, tally, written);
      }
    }
  }

  private void setAside(
      Queries transaction,
      UUID runId,
      String entity,
      JsonNode received,
      String reason,
      Tally tally) {
    var id = received.path("id").asText("");
    var key =
        id.isBlank()
            ? Quarantine.UNNAMED
                + UUID.nameUUIDFromBytes(received.toString().getBytes(StandardCharsets.UTF_8))
            : id;
    quarantine.put(transaction, runId, entity, key, reason, received);
    tally.add("fetched", 1);
    tally.add("quarantined", 1);
  }

  private static <R extends Record> Set<String> stored(
      Set<String> all, List<MirrorTable.Hashed<R>> changed, List<String> written) {
    var stored = new HashSet<>(all);
    changed.forEach(row -> stored.remove(row.id()));
    stored.addAll(written);
    return stored;
  }

  // 22: a value that does not fit; 23: a key or constraint. Anything else is the statement's or the
  // server's fault.
  private static boolean isAboutTheData(PgException e) {
    var state = String.valueOf(e.getSqlState());
    return state.startsWith("22") || state.startsWith("23");
  }

  // Not the server's DETAIL, which quotes the row.
  private static String reason(PgException e) {
    return "SQLSTATE "
        + e.getSqlState()
        + ": "
        + e.getErrorMessage()
        + (e.getConstraint() == null ? "" : " (" + e.getConstraint() + ")");
  }
}
