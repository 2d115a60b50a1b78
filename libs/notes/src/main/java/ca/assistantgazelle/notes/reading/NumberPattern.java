package ca.assistantgazelle.notes.reading;

import java.math.BigDecimal;

/** The format of numbers in readings. Rules: docs/notes.md. */
final class NumberPattern {
    /**
     * One to three digits and at most one decimal; neither part of a longer number nor of a list of digits
     * ({@code 1920}, {@code 20,33}, {@code 2026.01.20}).
     */
    static final String NUMBER = "(?<!\\d)(?<!\\d[.,])(\\d{1,3}(?:[.,]\\d)?)(?![.,]?\\d)";

    private NumberPattern() {}

    /** Parses a number, without trailing zeros. */
    static BigDecimal value(String digits) {
        var value = new BigDecimal(digits.replace(',', '.')).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }
}
