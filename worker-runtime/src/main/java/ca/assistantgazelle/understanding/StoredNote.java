package ca.assistantgazelle.understanding;

import ca.assistantgazelle.maintenance.DatedNote;
import ca.assistantgazelle.note.EntryText;
import ca.assistantgazelle.note.Understanding;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A note as the database holds it.
 *
 * @param pianoId null when the note is about no piano
 * @param digest of everything that the understanding depends on
 */
record StoredNote(
    String id,
    String pianoId,
    String clientId,
    Instant occurredAt,
    String title,
    String description,
    String digest) {
  /** Of one row of gazelle_timeline_entries called e. */
  static final String DIGEST =
      "md5(row(e.title, e.description, e.occurred_at at time zone 'UTC', e.piano_id, e.client_id)::text)";

  static final String COLUMNS =
      "e.external_id, e.piano_id, e.client_id, e.occurred_at, e.title, e.description, "
          + DIGEST
          + " as digest";

  static StoredNote of(Row row) {
    var occurredAt = row.getOffsetDateTime("occurred_at");
    return new StoredNote(
        row.getString("external_id"),
        row.getString("piano_id"),
        row.getString("client_id"),
        occurredAt == null ? null : occurredAt.toInstant(),
        row.getString("title"),
        row.getString("description"),
        row.getString("digest"));
  }

  Understanding understood() {
    return Understanding.of(EntryText.whole(title, description));
  }

  DatedNote dated(Understanding understanding) {
    return new DatedNote(id, occurredAt, clientId, understanding);
  }

  /** The history it belongs to: its piano's, else its client's without a piano. */
  History history() {
    return new History(pianoId, pianoId == null ? clientId : null);
  }
}
