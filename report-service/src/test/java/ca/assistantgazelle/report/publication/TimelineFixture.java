package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/** Inserts clients, pianos and notes into the test database. All names are fictitious. */
@Singleton
class TimelineFixture {
    private final Database database;

    TimelineFixture(Database database) {
        this.database = database;
    }

    void empty() {
        database.update(
                "truncate users, gazelle_clients, gazelle_contacts, gazelle_pianos, gazelle_appointments, gazelle_appointment_pianos, gazelle_timeline_entries");
        database.update(
                "truncate automation.analysed_note, automation.note_reading, automation.maintenance_alert, automation.report_tab, automation.report_row, automation.report_run, automation.lease");
    }

    void client(String id, String name) {
        database.update(
                "insert into gazelle_clients (external_id, company_name) values ($1, $2) on conflict (external_id) do update set company_name = excluded.company_name",
                id,
                name);
    }

    void person(String id, String first, String last) {
        database.update(
                "insert into gazelle_clients (external_id, company_name, first_name, last_name) values ($1, $2 || ' ' || $3, $2, $3)",
                id,
                first,
                last);
    }

    void technician(String id, String first, String last) {
        database.update(
                "insert into users (id, external_id, first_name, last_name) values ($1, $1, $2, $3)", id, first, last);
    }

    void piano(String id, String client, String serialNumber) {
        database.update(
                "insert into gazelle_pianos (external_id, client_external_id, make, model, serial_number, type, year, location) values ($1, $2, 'Steinway', 'D', $3, 'GRAND', 2012, 'Salle 1')",
                id,
                client,
                serialNumber);
    }

    void service(String id, String client, String piano, String at, String text) {
        entry(id, "SERVICE_ENTRY_MANUAL", client, piano, at, null, text);
    }

    void measurement(String id, String client, String piano, String at, String text) {
        entry(id, "PIANO_MEASUREMENT", client, piano, at, text, null);
    }

    void entry(String id, String type, String client, String piano, String at, String title, String description) {
        database.update("""
        insert into gazelle_timeline_entries (external_id, entry_type, client_id, piano_id, user_id, occurred_at, title, description, synced_at)
        values ($1, $2, $3, $4, 'usr_1', $5, $6, $7, now())
        on conflict (external_id) do update
        set entry_type = excluded.entry_type, client_id = excluded.client_id, piano_id = excluded.piano_id, occurred_at = excluded.occurred_at,
          title = excluded.title, description = excluded.description, synced_at = excluded.synced_at, deleted_at = null
        """, id, type, client, piano, Instant.parse(at).atOffset(ZoneOffset.UTC), title, description);
    }

    void delete(String entry) {
        database.update(
                "update gazelle_timeline_entries set deleted_at = now(), synced_at = now() where external_id = $1",
                entry);
    }
}
