package ca.assistantgazelle.understanding;

/**
 * Whose notes are read one after the other.
 *
 * @param pianoId null for what a client's notes say of no particular piano
 * @param clientId null when there is a piano
 */
record History(String pianoId, String clientId) {}
