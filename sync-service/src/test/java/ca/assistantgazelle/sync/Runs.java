package ca.assistantgazelle.sync;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.peers.gazelle.Collection;
import ca.assistantgazelle.peers.testing.TestPeers;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.testing.UnleasedBench;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Runs the sync on the test's database, and looks at what it left there. */
@Singleton
class Runs {
  private static final Map<Collection, String> TABLES =
      Map.of(
          Collection.USERS, "users",
          Collection.SERVICES, "produits_catalogue",
          Collection.CLIENTS, "gazelle_clients",
          Collection.CONTACTS, "gazelle_contacts",
          Collection.PIANOS, "gazelle_pianos",
          Collection.EVENTS, "gazelle_appointments",
          Collection.TIMELINE, "gazelle_timeline_entries");

  private final Database database;
  private final SyncJob job;
  private final Clock clock;

  Runs(Database database, SyncJob job, Clock clock) {
    this.database = database;
    this.job = job;
    this.clock = clock;
  }

  void emptyTables() {
    database.update(
        "truncate users, produits_catalogue, gazelle_clients, gazelle_contacts, gazelle_pianos, gazelle_appointments, gazelle_appointment_pianos, gazelle_timeline_entries");
    database.update(
        "truncate automation.watermark, automation.scan, automation.scan_seen, automation.quarantine, automation.gazelle_token, automation.note_entry, automation.note_reading, automation.maintenance_alert");
  }

  JobResult sync(String mode) throws JobFailedException, InterruptedException {
    return sync(UUID.randomUUID(), mode);
  }

  /** A further attempt when the run is known. */
  JobResult sync(UUID run, String mode) throws JobFailedException, InterruptedException {
    return sync(run, Map.of("mode", mode));
  }

  JobResult sync(Map<String, Object> parameters) throws JobFailedException, InterruptedException {
    return sync(UUID.randomUUID(), parameters);
  }

  private JobResult sync(UUID run, Map<String, Object> parameters)
      throws JobFailedException, InterruptedException {
    var now = clock.instant();
    return job.run(
        new UnleasedBench(
            new Trigger(
                run,
                "sync_gazelle_2h",
                1,
                Cause.MANUAL,
                null,
                null,
                now,
                null,
                parameters,
                null,
                null),
            now,
            database));
  }

  long rows(String from) {
    return database.first("select count(*) from " + from, row -> row.getLong(0)).orElseThrow();
  }

  String value(String sql, Object parameter) {
    return database.first(sql, row -> row.getString(0), parameter).orElseThrow();
  }

  /** Rows that are not marked as deleted, by collection of Gazelle. */
  Map<Collection, Long> stored() {
    var stored = new java.util.EnumMap<Collection, Long>(Collection.class);
    TABLES.forEach(
        (collection, table) ->
            stored.put(
                collection,
                rows(
                    collection == Collection.USERS || collection == Collection.SERVICES
                        ? table
                        : table + " where deleted_at is null")));
    return stored;
  }

  /** Records that Gazelle has, by collection. */
  static Map<Collection, Long> held() {
    var held = new java.util.EnumMap<Collection, Long>(Collection.class);
    TABLES
        .keySet()
        .forEach(
            collection ->
                held.put(
                    collection, (long) TestPeers.get().gazelle().records().all(collection).size()));
    return held;
  }
}
