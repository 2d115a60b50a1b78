package ca.assistantgazelle.sync.appointment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A row of gazelle_appointments: the columns filled from Gazelle, not the manually maintained ones.
 *
 * @param appointmentDate in Montréal's time zone
 * @param appointmentTime in Montréal's time zone
 * @param pianos all pianos in order, only so that the row's hash changes with them; stored in a
 *     separate table
 */
record AppointmentRow(
    String externalId,
    String clientExternalId,
    String pianoExternalId,
    String title,
    String description,
    String notes,
    String location,
    LocalDate appointmentDate,
    LocalTime appointmentTime,
    Instant startDatetime,
    Integer durationMinutes,
    Boolean isAllDay,
    String status,
    String eventType,
    String technicien,
    String travelMode,
    String source,
    String createdBy,
    Boolean confirmedByClient,
    Instant confirmedAt,
    Instant gazelleCreatedAt,
    Instant gazelleUpdatedAt,
    String pianos) {
  static final String CHANGED =
      """
      select wanted.id
      from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
        select content_hash from public.gazelle_appointments where external_id = wanted.id and deleted_at is null limit 1) known on true
      where known.content_hash is distinct from wanted.hash
      """;

  static final String UPSERT =
      """
      insert into public.gazelle_appointments (external_id, client_external_id, piano_external_id, title, description,
        notes, location, appointment_date, appointment_time, start_datetime, duration_minutes, is_all_day, status,
        event_type, technicien, travel_mode, source, created_by, confirmed_by_client, confirmed_at, gazelle_created_at,
        gazelle_updated_at, content_hash)
      select external_id, client_external_id, piano_external_id, title, description, notes, location, day, clock, start,
        duration, is_all_day, status, event_type, technicien, travel_mode, source, created_by, confirmed_by_client,
        confirmed_at, created, updated, content_hash
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[],
        $9::time[], $10::timestamptz[], $11::int[], $12::boolean[], $13::text[], $14::text[], $15::text[], $16::text[],
        $17::text[], $18::text[], $19::boolean[], $20::timestamptz[], $21::timestamptz[], $22::timestamptz[],
        $23::text[], $24::bytea[])
        as t (external_id, client_external_id, piano_external_id, title, description, notes, location, day, clock,
          start, duration, is_all_day, status, event_type, technicien, travel_mode, source, created_by,
          confirmed_by_client, confirmed_at, created, updated, pianos, content_hash)
      on conflict (external_id) do update
      set client_external_id = excluded.client_external_id, piano_external_id = excluded.piano_external_id,
        title = excluded.title, description = excluded.description, notes = excluded.notes,
        location = excluded.location, appointment_date = excluded.appointment_date,
        appointment_time = excluded.appointment_time, start_datetime = excluded.start_datetime,
        duration_minutes = excluded.duration_minutes, is_all_day = excluded.is_all_day, status = excluded.status,
        event_type = excluded.event_type, technicien = excluded.technicien, travel_mode = excluded.travel_mode,
        source = excluded.source, created_by = excluded.created_by,
        confirmed_by_client = excluded.confirmed_by_client, confirmed_at = excluded.confirmed_at,
        gazelle_created_at = excluded.gazelle_created_at, gazelle_updated_at = excluded.gazelle_updated_at,
        content_hash = excluded.content_hash, deleted_at = null, deleted_reason = null, updated_at = now()
      returning (xmax = 0) as inserted
      """;
}
