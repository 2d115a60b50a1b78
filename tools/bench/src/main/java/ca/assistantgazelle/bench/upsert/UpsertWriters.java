package ca.assistantgazelle.bench.upsert;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.sync.appointment.AppointmentSyncSource;
import ca.assistantgazelle.sync.client.ClientSyncSource;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.mirror.PipelineCounts;
import ca.assistantgazelle.sync.mirror.RecordQuarantine;
import ca.assistantgazelle.sync.piano.PianoSyncSource;
import ca.assistantgazelle.sync.scan.PipelinedWriter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Runs the sync's writers of the four large tables with records from memory. */
final class UpsertWriters {
    private static final int CHUNK = 1_000;
    private static final UUID RUN = UUID.randomUUID();
    private static final ReflectiveAccess.ReflectiveCall HASHED =
            ReflectiveAccess.method(MirrorTable.class, "hashed", 1);
    private static final ReflectiveAccess.ReflectiveCall WRITE = ReflectiveAccess.method(MirrorTable.class, "write", 2);

    /** A table and the mapping of records to its rows. */
    private record UpsertTarget(
            String name, String root, MirrorTable<Record> table, Function<JsonNode, Record> mapping) {}

    private final Database database;
    private final MirrorWriter writer = ReflectiveAccess.newInstance(MirrorWriter.class, new RecordQuarantine());
    private final List<UpsertTarget> targets = List.of(
            target(
                    "clients",
                    "allClients",
                    ClientSyncSource.class,
                    "CLIENT_TABLE",
                    "sync.client.ClientMapping",
                    "client"),
            target(
                    "contacts",
                    "contacts",
                    ClientSyncSource.class,
                    "CONTACT_TABLE",
                    "sync.client.ClientMapping",
                    "contact"),
            target("pianos", "allPianos", PianoSyncSource.class, "TABLE", "sync.piano.PianoRow", "of"),
            target(
                    "appointments",
                    "allEventsBatched",
                    AppointmentSyncSource.class,
                    "TABLE",
                    "sync.appointment.AppointmentMapping",
                    "appointment"));

    UpsertWriters(Database database) {
        this.database = database;
    }

    /**
     * Like a scan: compares and writes what differs, a thousand records per transaction; each chunk is prepared while
     * the previous one is stored.
     */
    void write(Map<String, List<JsonNode>> records) {
        var storing = new PipelinedWriter();
        for (var target : targets) {
            for (var chunk : chunks(records.get(target.root()))) {
                var prepared = writer.prepare(chunk, target.mapping(), target.table());
                storing.start(
                        "storing",
                        () -> database.runInTransaction(transaction -> writer.write(
                                transaction, RUN, target.name(), prepared, new PipelineCounts().of(target.name()))));
            }
        }
        storing.finish();
    }

    /** Maps all records to rows, for COPY. */
    void eachRow(Map<String, List<JsonNode>> records, BiConsumer<String, Record> use) {
        for (var target : targets) {
            for (var one : records.get(target.root())) {
                use.accept(target.name(), target.mapping().apply(one));
            }
        }
    }

    /** Runs the same statements for every row, without comparing. */
    void writeUnconditionally(Map<String, List<JsonNode>> records) {
        for (var target : targets) {
            for (var chunk : chunks(records.get(target.root()))) {
                var rows = chunk.stream()
                        .map(target.mapping())
                        .map(row -> HASHED.invoke(target.table(), row))
                        .toList();
                database.runInTransaction(transaction -> WRITE.invoke(target.table(), transaction, rows));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static UpsertTarget target(
            String name, String root, Class<?> owner, String table, String mapping, String method) {
        var row = ReflectiveAccess.method(ReflectiveAccess.classNamed(mapping), method, 1);
        return new UpsertTarget(name, root, (MirrorTable<Record>) ReflectiveAccess.staticField(owner, table), node ->
                (Record) row.invoke(null, node));
    }

    private static List<List<JsonNode>> chunks(List<JsonNode> records) {
        var chunks = new ArrayList<List<JsonNode>>();
        for (int from = 0; from < records.size(); from += CHUNK) {
            chunks.add(records.subList(from, Math.min(from + CHUNK, records.size())));
        }
        return chunks;
    }
}
