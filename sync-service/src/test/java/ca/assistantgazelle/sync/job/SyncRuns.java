package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.testing.TestJobContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Runs the sync job against the test database and reads the results. */
@Singleton
class SyncRuns {
    private static final Map<RecordCollection, String> TABLES = Map.of(
            RecordCollection.USERS, "users",
            RecordCollection.SERVICES, "produits_catalogue",
            RecordCollection.CLIENTS, "gazelle_clients",
            RecordCollection.CONTACTS, "gazelle_contacts",
            RecordCollection.PIANOS, "gazelle_pianos",
            RecordCollection.EVENTS, "gazelle_appointments",
            RecordCollection.TIMELINE, "gazelle_timeline_entries");

    private final Database database;
    private final SyncJob job;
    private final Clock clock;

    SyncRuns(Database database, SyncJob job, Clock clock) {
        this.database = database;
        this.job = job;
        this.clock = clock;
    }

    void emptyTables() {
        database.update(
                "truncate users, produits_catalogue, gazelle_clients, gazelle_contacts, gazelle_pianos, gazelle_appointments, gazelle_appointment_pianos, gazelle_timeline_entries");
        database.update(
                "truncate automation.watermark, automation.scan, automation.scanned_id, automation.quarantine, automation.gazelle_token, automation.analysed_note, automation.note_reading, automation.maintenance_alert");
    }

    JobResult sync(String mode) throws JobFailedException, InterruptedException {
        return sync(UUID.randomUUID(), mode);
    }

    /** A further attempt if the run id was used before. */
    JobResult sync(UUID run, String mode) throws JobFailedException, InterruptedException {
        return sync(run, Map.of("mode", mode));
    }

    JobResult sync(Map<String, Object> parameters) throws JobFailedException, InterruptedException {
        return sync(UUID.randomUUID(), parameters);
    }

    private JobResult sync(UUID run, Map<String, Object> parameters) throws JobFailedException, InterruptedException {
        var now = clock.instant();
        return job.run(new TestJobContext(
                new TriggerEvent(
                        run, "sync_gazelle_2h", 1, RunCause.MANUAL, null, null, now, null, parameters, null, null),
                now,
                database));
    }

    long countRows(String from) {
        return database.first("select count(*) from " + from, row -> row.getLong(0))
                .orElseThrow();
    }

    String value(String sql, Object parameter) {
        return database.first(sql, row -> row.getString(0), parameter).orElseThrow();
    }

    /** Number of rows not marked as deleted, by Gazelle collection. */
    Map<RecordCollection, Long> storedCounts() {
        var stored = new java.util.EnumMap<RecordCollection, Long>(RecordCollection.class);
        TABLES.forEach((collection, table) -> stored.put(
                collection,
                countRows(
                        collection == RecordCollection.USERS || collection == RecordCollection.SERVICES
                                ? table
                                : table + " where deleted_at is null")));
        return stored;
    }

    /** Number of records in Gazelle, by collection. */
    static Map<RecordCollection, Long> gazelleCounts() {
        var held = new java.util.EnumMap<RecordCollection, Long>(RecordCollection.class);
        TABLES.keySet()
                .forEach(collection -> held.put(collection, (long) TestEnvironment.get()
                        .gazelle()
                        .records()
                        .all(collection)
                        .size()));
        return held;
    }
}
