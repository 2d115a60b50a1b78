package ca.assistantgazelle.notes.reading;

import java.math.BigDecimal;

/**
 * A temperature found in a note.
 *
 * @param celsius degrees Celsius
 * @param start position in the normalised text
 * @param end position after its last character
 */
record TemperatureReading(BigDecimal celsius, int start, int end) {}
