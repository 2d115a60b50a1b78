package ca.assistantgazelle.bench.upsert;

import ca.assistantgazelle.appointments.Appointments;
import ca.assistantgazelle.clients.Clients;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.mirror.Quarantine;
import ca.assistantgazelle.mirror.Tallies;
import ca.assistantgazelle.pianos.Pianos;
import ca.assistantgazelle.scan.OneBehind;
import ca.assistantgazelle.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The sync's own writer of the four big tables, fed from memory. */
final class Writers {
  private static final int CHUNK = 1_000;
  private static final UUID RUN = UUID.randomUUID();
  private static final Access.Call HASHED = Access.method(MirrorTable.class, "hashed", 1);
  private static final Access.Call WRITE = Access.method(MirrorTable.class, "write", 2);

  /** A table, and how a record becomes its row. */
  private record Target(
      String name, String root, MirrorTable<Record> table, Function<JsonNode, Record> mapping) {}

  private final Database database;
  private final MirrorWriter writer =
      Access.make(MirrorWriter.class, new Quarantine(new SimpleMeterRegistry()));
  private final List<Target> targets =
      List.of(
          target(
              "clients",
              "allClients",
              Clients.class,
              "CLIENT_TABLE",
              "clients.ClientMapping",
              "client"),
          target(
              "contacts",
              "contacts",
              Clients.class,
              "CONTACT_TABLE",
              "clients.ClientMapping",
              "contact"),
          target("pianos", "allPianos", Pianos.class, "TABLE", "pianos.PianoRow", "of"),
          target(
              "appointments",
              "allEventsBatched",
              Appointments.class,
              "TABLE",
              "appointments.AppointmentMapping",
              "appointment"));

  Writers(Database database) {
    this.database = database;
  }

  /**
   * As a scan does it: compare, write what differs, a thousand records per transaction, each chunk
   * made ready while the one before it is stored.
   */
  void write(Map<String, List<JsonNode>> records) {
    var storing = new OneBehind();
    for (var target : targets) {
      for (var chunk : chunks(records.get(target.root()))) {
        var prepared = writer.prepare(chunk, target.mapping(), target.table());
        storing.start(
            "storing",
            () ->
                database.transact(
                    transaction ->
                        writer.write(
                            transaction,
                            RUN,
                            target.name(),
                            prepared,
                            new Tallies().of(target.name()))));
      }
    }
    storing.finish();
  }

  /** The rows of each table, made anew, for COPY. */
  void eachRow(Map<String, List<JsonNode>> records, BiConsumer<String, Record> use) {
    for (var target : targets) {
      for (var one : records.get(target.root())) {
        use.accept(target.name(), target.mapping().apply(one));
      }
    }
  }

  /** The same statements for every row, whatever is stored. */
  void writeUnconditionally(Map<String, List<JsonNode>> records) {
    for (var target : targets) {
      for (var chunk : chunks(records.get(target.root()))) {
        var rows =
            chunk.stream()
                .map(target.mapping())
                .map(row -> HASHED.on(target.table(), row))
                .toList();
        database.transact(transaction -> WRITE.on(target.table(), transaction, rows));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Target target(
      String name, String root, Class<?> owner, String table, String mapping, String method) {
    var row = Access.method(Access.type(mapping), method, 1);
    return new Target(
        name,
        root,
        (MirrorTable<Record>) Access.value(owner, table),
        node -> (Record) row.on(null, node));
  }

  private static List<List<JsonNode>> chunks(List<JsonNode> records) {
    var chunks = new ArrayList<List<JsonNode>>();
    for (int from = 0; from < records.size(); from += CHUNK) {
      chunks.add(records.subList(from, Math.min(from + CHUNK, records.size())));
    }
    return chunks;
  }
}
