package ca.assistantgazelle.reading;

import java.math.BigDecimal;

/**
 * A relative humidity found in a note.
 *
 * @param low per cent
 * @param high the same unless a range was noted
 * @param start where it is in the simplified text
 */
record Humidity(BigDecimal low, BigDecimal high, Confidence confidence, int start) {}
