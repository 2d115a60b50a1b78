package ca.assistantgazelle.worker.noteanalysis;

import ca.assistantgazelle.notes.maintenance.DatedNote;
import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.notes.note.TimelineEntryText;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A note as stored in the database.
 *
 * @param pianoId null if the note refers to no piano
 * @param digest hash of everything the analysis depends on
 */
record StoredNote(
        String id,
        String pianoId,
        String clientId,
        Instant occurredAt,
        String title,
        String description,
        String digest) {
    /** Digest expression for a row of gazelle_timeline_entries with the alias {@code e}. */
    static final String DIGEST =
            "md5(row(e.title, e.description, e.occurred_at at time zone 'UTC', e.piano_id, e.client_id)::text)";

    static final String COLUMNS =
            "e.external_id, e.piano_id, e.client_id, e.occurred_at, e.title, e.description, " + DIGEST + " as digest";

    static StoredNote of(Row row) {
        return new StoredNote(
                row.getString("external_id"),
                row.getString("piano_id"),
                row.getString("client_id"),
                SqlQueries.instant(row, "occurred_at"),
                row.getString("title"),
                row.getString("description"),
                row.getString("digest"));
    }

    NoteAnalysis analyse() {
        return NoteAnalysis.of(TimelineEntryText.fullText(title, description));
    }

    DatedNote dated(NoteAnalysis understanding) {
        return new DatedNote(id, occurredAt, clientId, understanding);
    }

    /** The owner of the note: its piano, or else its client. */
    NoteOwner owner() {
        return new NoteOwner(pianoId, pianoId == null ? clientId : null);
    }
}
