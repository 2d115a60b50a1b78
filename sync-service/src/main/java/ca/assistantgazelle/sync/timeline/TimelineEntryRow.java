package ca.assistantgazelle.sync.timeline;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.id;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A row of gazelle_timeline_entries: the columns filled from Gazelle. Values cleared in Gazelle are cleared here. */
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
