package ca.assistantgazelle.sync.piano;

import static ca.assistantgazelle.sync.gazelle.JsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.JsonFields.date;
import static ca.assistantgazelle.sync.gazelle.JsonFields.id;
import static ca.assistantgazelle.sync.gazelle.JsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.JsonFields.integer;
import static ca.assistantgazelle.sync.gazelle.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;

/** A row of gazelle_pianos: the columns filled from Gazelle, not the manually maintained ones. */
record PianoRow(
    String externalId,
    String clientExternalId,
    String make,
    String model,
    String serialNumber,
    String type,
    Integer year,
    String location,
    String notes,
    String status,
    Boolean gazelleDamppChaserInstalled,
    String damppChaserHumidistatModel,
    LocalDate damppChaserMfgDate,
    Integer serviceIntervalMonths,
    LocalDate manualLastService,
    LocalDate eventLastService,
    LocalDate calculatedLastService,
    LocalDate calculatedNextService,
    Instant gazelleCreatedAt,
    Instant gazelleUpdatedAt) {
  static final String CHANGED =
      """
      select wanted.id
      from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
        select content_hash from public.gazelle_pianos where external_id = wanted.id and deleted_at is null limit 1) known on true
      where known.content_hash is distinct from wanted.hash
      """;

  // dampp_chaser_installed is maintained manually: filled only when the row is inserted.
  static final String UPSERT =
      """
      insert into public.gazelle_pianos (external_id, client_external_id, make, model, serial_number, type, year,
        location, notes, status, gazelle_dampp_chaser_installed, dampp_chaser_installed, dampp_chaser_humidistat_model,
        dampp_chaser_mfg_date, service_interval_months, manual_last_service, event_last_service,
        calculated_last_service, calculated_next_service, gazelle_created_at, gazelle_updated_at, content_hash)
      select external_id, client_external_id, make, model, serial_number, type, year, location, notes, status,
        installed, coalesce(installed, false), humidistat_model, mfg_date, interval_months, manual_last, event_last,
        calculated_last, calculated_next, created, updated, content_hash
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[],
        $9::text[], $10::text[], $11::boolean[], $12::text[], $13::date[], $14::int[], $15::date[], $16::date[],
        $17::date[], $18::date[], $19::timestamptz[], $20::timestamptz[], $21::bytea[])
        as t (external_id, client_external_id, make, model, serial_number, type, year, location, notes, status,
          installed, humidistat_model, mfg_date, interval_months, manual_last, event_last, calculated_last,
          calculated_next, created, updated, content_hash)
      on conflict (external_id) do update
      set client_external_id = excluded.client_external_id, make = excluded.make, model = excluded.model,
        serial_number = excluded.serial_number, type = excluded.type, year = excluded.year,
        location = excluded.location, notes = excluded.notes, status = excluded.status,
        gazelle_dampp_chaser_installed = excluded.gazelle_dampp_chaser_installed,
        dampp_chaser_humidistat_model = excluded.dampp_chaser_humidistat_model,
        dampp_chaser_mfg_date = excluded.dampp_chaser_mfg_date,
        service_interval_months = excluded.service_interval_months,
        manual_last_service = excluded.manual_last_service, event_last_service = excluded.event_last_service,
        calculated_last_service = excluded.calculated_last_service,
        calculated_next_service = excluded.calculated_next_service, gazelle_created_at = excluded.gazelle_created_at,
        gazelle_updated_at = excluded.gazelle_updated_at, content_hash = excluded.content_hash,
        deleted_at = null, deleted_reason = null, updated_at = now()
      returning (xmax = 0) as inserted
      """;

  /** Maps a Gazelle piano. */
  static PianoRow of(JsonNode piano) {
    return new PianoRow(
        id(piano),
        text(piano, "client", "id"),
        text(piano, "make"),
        text(piano, "model"),
        text(piano, "serialNumber"),
        text(piano, "type"),
        integer(piano, "year"),
        text(piano, "location"),
        text(piano, "notes"),
        text(piano, "status"),
        bool(piano, "damppChaserInstalled"),
        text(piano, "damppChaserHumidistatModel"),
        date(piano, "damppChaserMfgDate"),
        integer(piano, "serviceIntervalMonths"),
        date(piano, "manualLastService"),
        date(piano, "eventLastService"),
        date(piano, "calculatedLastService"),
        date(piano, "calculatedNextService"),
        instant(piano, "createdAt"),
        instant(piano, "updatedAt"));
  }
}
