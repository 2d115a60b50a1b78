package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Inserts technicians, clients and appointments into the test database. All names are fictitious. */
@Singleton
class AppointmentFixture {
    static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private final Database database;
    private final Clock clock;

    AppointmentFixture(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void empty() {
        database.update(
                "truncate users, gazelle_clients, gazelle_contacts, gazelle_pianos, gazelle_appointments, gazelle_appointment_pianos, automation.notification");
        database.update("delete from automation.inbox");
        client("cli_1", "Académie Tremblay");
        technician("usr_a", "Anne", "anne@essai.example", "ACTIVE");
        technician("usr_b", "Bruno", "bruno@essai.example", "ACTIVE");
    }

    void client(String id, String name) {
        database.update(
                "insert into gazelle_clients (external_id, company_name, city, phone) values ($1, $2, 'Montréal', '514 555-0100')",
                id,
                name);
    }

    void technician(String id, String firstName, String email, String status) {
        database.update(
                "insert into users (id, external_id, first_name, last_name, email, gazelle_status) values ($1, $1, $2, 'Roy', $3, $4)",
                id,
                firstName,
                email,
                status);
    }

    /** Unconfirmed, of client cli_1. */
    void appointment(String id, String technician, LocalDateTime start) {
        appointment(id, technician, "cli_1", start, false);
    }

    void appointment(String id, String technician, String client, LocalDateTime start, Boolean confirmed) {
        database.update(
                """
        insert into gazelle_appointments (external_id, client_external_id, technicien, title, start_datetime, appointment_date, appointment_time,
          is_all_day, status, event_type, confirmed_by_client, gazelle_created_at)
        values ($1, $2, $3, 'Accord', $4, $5, $6, false, 'ACTIVE', 'APPOINTMENT', $7, '2025-12-02T15:00:00Z')
        """,
                id,
                client,
                technician,
                start.atZone(ZONE).toOffsetDateTime(),
                start.toLocalDate(),
                start.toLocalTime(),
                confirmed);
    }

    void set(String id, String assignment) {
        database.update("update gazelle_appointments set " + assignment + " where external_id = $1", id);
    }

    LocalDate tomorrow() {
        return LocalDate.now(clock.withZone(ZONE)).plusDays(1);
    }

    LocalDateTime tomorrow(int hour, int minute) {
        return tomorrow().atTime(hour, minute);
    }
}
