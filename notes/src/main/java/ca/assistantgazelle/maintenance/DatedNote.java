package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.Understanding;
import java.time.Instant;

/**
 * A note in its place in a piano's history.
 *
 * @param entryId Gazelle's id
 * @param occurredAt null when Gazelle gives none: it comes first
 * @param clientId whose piano it was then; may be null
 */
public record DatedNote(
    String entryId, Instant occurredAt, String clientId, Understanding understanding) {}
