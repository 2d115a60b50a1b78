package ca.assistantgazelle.alert.appointment;

import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads appointments, staff and the age of the data, in one statement each. */
final class AppointmentQueries {
    /** Type APPOINTMENT, status ACTIVE, not deleted in Gazelle, on these local dates of Montréal. */
    private static final String OPEN_APPOINTMENTS = """
      with open as (
        select a.*, case when a.is_all_day or a.start_datetime is null then coalesce(a.appointment_date, (a.start_datetime at time zone 'America/Toronto')::date)
            else (a.start_datetime at time zone 'America/Toronto')::date end as local_date,
          case when a.is_all_day then null when a.start_datetime is null then a.appointment_time
            else (a.start_datetime at time zone 'America/Toronto')::time end as local_time
        from public.gazelle_appointments a
        where a.deleted_at is null and upper(coalesce(a.status, '')) = 'ACTIVE' and upper(coalesce(a.event_type, '')) = 'APPOINTMENT'
          and (a.start_datetime is null or a.is_all_day or a.start_datetime between $1::date - interval '2 days' and $2::date + interval '3 days'))
      select a.external_id, a.local_date, a.local_time, a.confirmed_by_client, a.confirmed_at, a.technicien, a.client_external_id, a.title,
        (a.gazelle_created_at at time zone 'America/Toronto')::date as created_on,
        c.company_name, c.city, coalesce(nullif(trim(c.phone), ''), k.phone) as phone,
        c.first_name, c.last_name,
        coalesce(p.pianos, nullif(trim(concat_ws(' ', first.make, first.model, case when coalesce(first.location, '') = '' then null else '(' || first.location || ')' end)), '')) as pianos
      from open a
        left join public.gazelle_clients c on c.external_id = a.client_external_id
        left join lateral (
          select k.phone from public.gazelle_contacts k
          where k.client_external_id = a.client_external_id and k.deleted_at is null and coalesce(trim(k.phone), '') <> ''
          order by k.is_default desc nulls last, k.external_id limit 1) k on true
        left join lateral (
          select string_agg(trim(concat_ws(' ', p.make, p.model, case when coalesce(p.location, '') = '' then null else '(' || p.location || ')' end)), ', ' order by ap.position) as pianos
          from public.gazelle_appointment_pianos ap join public.gazelle_pianos p on p.external_id = ap.piano_external_id
          where ap.appointment_external_id = a.external_id) p on true
        left join public.gazelle_pianos first on first.external_id = a.piano_external_id
      where a.local_date between $1 and $2
      order by a.local_date, a.local_time nulls first, a.external_id
      """;

    private static final String STAFF = """
      select coalesce(external_id, id) as external_id, first_name, trim(concat_ws(' ', first_name, last_name)) as name, email,
        coalesce(upper(gazelle_status), 'ACTIVE') = 'ACTIVE' as active
      from public.users where coalesce(external_id, id) is not null
      """;

    private static final String LAST_SYNC =
            "select max(started_at) as at from automation.v_job_success where job = 'sync_gazelle_2h'";

    private AppointmentQueries() {}

    /** The appointments found, and how many were left out because they are an institution's. */
    record FoundAppointments(List<Appointment> appointments, long institutionsLeftOut) {}

    /** @param excludedTypes event types to leave out */
    static FoundAppointments findOpen(
            SqlQueries queries, AlertDateWindow window, InstitutionDirectory institutions, Set<String> excludedTypes) {
        var found = new ArrayList<Appointment>();
        var left = new long[1];
        queries.list(
                OPEN_APPOINTMENTS,
                row -> {
                    var appointment = toAppointment(row);
                    var institution = institutions.find(
                            appointment.clientId(),
                            row.getString("company_name"),
                            row.getString("first_name"),
                            row.getString("last_name"));
                    if (institution.isPresent()) {
                        left[0]++;
                    } else if (!excludedTypes.contains("APPOINTMENT")) {
                        found.add(appointment);
                    }
                    return true;
                },
                window.first(),
                window.last());
        return new FoundAppointments(found, left[0]);
    }

    static Map<String, TechnicianContact> staffById(SqlQueries queries) {
        var staff = new HashMap<String, TechnicianContact>();
        queries.list(
                STAFF,
                row -> staff.put(
                        row.getString("external_id"),
                        new TechnicianContact(
                                row.getString("external_id"),
                                text(row, "first_name"),
                                SafeText.oneLine(row.getString("name")),
                                row.getString("email") == null
                                        ? null
                                        : row.getString("email").strip(),
                                row.getBoolean("active"))));
        return staff;
    }

    /** Start of the last successful sync: the data is at least as recent. Null when there was none. */
    static Instant lastSync(SqlQueries queries) {
        return queries.first(LAST_SYNC, row -> SqlQueries.instant(row, "at")).orElse(null);
    }

    private static Appointment toAppointment(Row row) {
        return new Appointment(
                row.getString("external_id"),
                row.getLocalDate("local_date"),
                row.getLocalTime("local_time"),
                confirmation(row),
                blankToNull(row.getString("technicien")),
                row.getString("client_external_id"),
                Objects.requireNonNullElse(SafeText.oneLine(row.getString("company_name")), "(sans client)"),
                text(row, "city"),
                text(row, "pianos"),
                text(row, "title"),
                text(row, "phone"),
                row.getLocalDate("created_on"));
    }

    private static ConfirmationStatus confirmation(Row row) {
        if (row.getOffsetDateTime("confirmed_at") != null
                || Boolean.TRUE.equals(row.getBoolean("confirmed_by_client"))) {
            return ConfirmationStatus.CONFIRMED;
        }
        return row.getBoolean("confirmed_by_client") == null
                ? ConfirmationStatus.UNKNOWN
                : ConfirmationStatus.UNCONFIRMED;
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(SafeText.oneLine(row.getString(column)), "");
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
