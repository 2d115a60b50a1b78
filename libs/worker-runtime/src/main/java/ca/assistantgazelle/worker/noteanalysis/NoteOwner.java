package ca.assistantgazelle.worker.noteanalysis;

/**
 * The piano or client whose notes are evaluated together, in chronological order.
 *
 * @param pianoId null for a client's notes that refer to no particular piano
 * @param clientId null if there is a piano
 */
record NoteOwner(String pianoId, String clientId) {}
