package ca.assistantgazelle.notes.maintenance;

/**
 * One possible meaning of a phrase.
 *
 * @param subject subject the phrase must refer to; null if the phrase itself implies it
 * @param complete whether the phrase is a complete statement without a verb: "sans housse"
 */
record PhraseMeaning(EventEffect effect, MaintenanceEventType type, NoteSubject subject, boolean complete) {}
