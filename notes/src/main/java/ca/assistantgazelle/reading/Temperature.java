package ca.assistantgazelle.reading;

import java.math.BigDecimal;

/**
 * A temperature found in a note.
 *
 * @param celsius degrees Celsius
 * @param start where it is in the simplified text
 * @param end first place behind it
 */
record Temperature(BigDecimal celsius, int start, int end) {}
