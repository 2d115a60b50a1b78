package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import java.time.Instant;

/**
 * An analysed note with its place in a piano's history.
 *
 * @param entryId id of the timeline entry in Gazelle
 * @param occurredAt null if Gazelle has no date; such notes sort first
 * @param clientId the piano's client at that time; may be null
 */
public record DatedNote(String entryId, Instant occurredAt, String clientId, NoteAnalysis analysis) {}
