package ca.assistantgazelle.sync.timeline;

import static ca.assistantgazelle.sync.gazelle.JsonFields.id;
import static ca.assistantgazelle.sync.gazelle.JsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A row of gazelle_timeline_entries: the columns filled from Gazelle. Values cleared in Gazelle are
 * cleared here.
 */
record TimelineEntryRow(
    String externalId,
    String clientId,
    String pianoId,
    String userId,
    String invoiceId,
    String estimateId,
    String entryType,
    String title,
    String description,
    Instant occurredAt) {
  static final String CHANGED =
      """
      select wanted.id
      from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
        select content_hash from public.gazelle_timeline_entries where external_id = wanted.id and deleted_at is null limit 1) known on true
      where known.content_hash is distinct from wanted.hash
      """;

  static final String UPSERT =
      """
      insert into public.gazelle_timeline_entries (external_id, client_id, piano_id, user_id, invoice_id, estimate_id,
        entry_type, title, description, occurred_at, content_hash, synced_at)
      select external_id, client_id, piano_id, user_id, invoice_id, estimate_id, entry_type, title, description,
        occurred_at, content_hash, now()
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::timestamptz[], $11::bytea[])
        as t (external_id, client_id, piano_id, user_id, invoice_id, estimate_id, entry_type, title, description,
          occurred_at, content_hash)
      on conflict (external_id) do update
      set client_id = excluded.client_id, piano_id = excluded.piano_id, user_id = excluded.user_id,
        invoice_id = excluded.invoice_id, estimate_id = excluded.estimate_id, entry_type = excluded.entry_type,
        title = excluded.title, description = excluded.description, occurred_at = excluded.occurred_at,
        content_hash = excluded.content_hash, synced_at = now(), deleted_at = null, deleted_reason = null,
        updated_at = now()
      returning (xmax = 0) as inserted
      """;

  /** Maps a Gazelle timeline entry. */
  static TimelineEntryRow of(JsonNode entry) {
    return new TimelineEntryRow(
        id(entry),
        text(entry, "client", "id"),
        text(entry, "piano", "id"),
        text(entry, "user", "id"),
        text(entry, "invoice", "id"),
        text(entry, "estimate", "id"),
        text(entry, "type"),
        text(entry, "summary"),
        text(entry, "comment"),
        instant(entry, "occurredAt"));
  }
}
