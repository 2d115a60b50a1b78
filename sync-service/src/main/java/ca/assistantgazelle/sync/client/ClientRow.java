package ca.assistantgazelle.sync.client;

import java.time.Instant;
import java.util.List;

/** A row of gazelle_clients: the columns filled from Gazelle, not the manually maintained ones. */
record ClientRow(
    String externalId,
    String companyName,
    String firstName,
    String lastName,
    String status,
    String clientType,
    List<String> gazelleTags,
    String email,
    String phone,
    String street,
    String city,
    String region,
    String postalCode,
    String countryCode,
    String personalNotes,
    String preferenceNotes,
    String locale,
    String preferredTechnicianId,
    String lifecycleState,
    Instant gazelleCreatedAt,
    Instant gazelleUpdatedAt) {
  static final String CHANGED =
      """
      select wanted.id
      from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
        select content_hash from public.gazelle_clients where external_id = wanted.id and deleted_at is null limit 1) known on true
      where known.content_hash is distinct from wanted.hash
      """;

  // tags is maintained manually: filled only when the row is inserted.
  static final String UPSERT =
      """
      insert into public.gazelle_clients (external_id, company_name, first_name, last_name, status, client_type,
        gazelle_tags, tags, email, phone, street, city, region, postal_code, country_code, personal_notes,
        preference_notes, locale, preferred_technician_id, lifecycle_state, gazelle_created_at, gazelle_updated_at,
        content_hash)
      select external_id, company_name, first_name, last_name, status, client_type,
        gazelle_tags::text[], gazelle_tags::text[], email, phone, street, city, region, postal_code,
        country_code, personal_notes, preference_notes, locale, preferred_technician_id, lifecycle_state,
        gazelle_created_at, gazelle_updated_at, content_hash
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
        $17::text[], $18::text[], $19::text[], $20::timestamptz[], $21::timestamptz[], $22::bytea[])
        as t (external_id, company_name, first_name, last_name, status, client_type, gazelle_tags, email, phone, street,
          city, region, postal_code, country_code, personal_notes, preference_notes, locale, preferred_technician_id,
          lifecycle_state, gazelle_created_at, gazelle_updated_at, content_hash)
      on conflict (external_id) do update
      set company_name = excluded.company_name, first_name = excluded.first_name, last_name = excluded.last_name,
        status = excluded.status, client_type = excluded.client_type, gazelle_tags = excluded.gazelle_tags,
        email = excluded.email, phone = excluded.phone, street = excluded.street, city = excluded.city,
        region = excluded.region, postal_code = excluded.postal_code, country_code = excluded.country_code,
        personal_notes = excluded.personal_notes, preference_notes = excluded.preference_notes,
        locale = excluded.locale, preferred_technician_id = excluded.preferred_technician_id,
        lifecycle_state = excluded.lifecycle_state, gazelle_created_at = excluded.gazelle_created_at,
        gazelle_updated_at = excluded.gazelle_updated_at, content_hash = excluded.content_hash,
        deleted_at = null, deleted_reason = null, updated_at = now()
      returning (xmax = 0) as inserted
      """;
}
