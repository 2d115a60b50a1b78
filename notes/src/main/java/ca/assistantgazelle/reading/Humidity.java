package ca.assistantgazelle.reading;

/**
 * A relative humidity found in a note.
 *
 * @param start where it is in the simplified text
 */
record Humidity(int low, int high, Confidence confidence, int start) {}
