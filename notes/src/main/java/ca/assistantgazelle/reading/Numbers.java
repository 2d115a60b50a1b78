package ca.assistantgazelle.reading;

import java.math.BigDecimal;

/** What counts as a number. Source: reference/report-alerts.md §1.7. */
final class Numbers {
  /**
   * One to three digits and at most one decimal; neither part of a longer number nor of a list of
   * digits ({@code 1920}, {@code 20,33}, {@code 2026.01.20}).
   */
  static final String NUMBER = "(?<!\\d)(?<!\\d[.,])(\\d{1,3}(?:[.,]\\d)?)(?![.,]?\\d)";

  private Numbers() {}

  /** Without zeros at its end. */
  static BigDecimal value(String digits) {
    var value = new BigDecimal(digits.replace(',', '.')).stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
