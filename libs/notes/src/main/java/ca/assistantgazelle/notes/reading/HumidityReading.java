package ca.assistantgazelle.notes.reading;

import java.math.BigDecimal;

/**
 * A relative humidity found in a note.
 *
 * @param low per cent
 * @param high same as {@code low} unless a range was noted
 * @param start position in the normalised text
 */
record HumidityReading(BigDecimal low, BigDecimal high, ReadingConfidence confidence, int start) {}
