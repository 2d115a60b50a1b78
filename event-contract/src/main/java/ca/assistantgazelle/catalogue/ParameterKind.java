package ca.assistantgazelle.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The types a job's parameter may have. */
public enum ParameterKind {
  BOOLEAN("true or false"),
  TEXT("a text of at most 200 characters"),
  DATE("a date such as \"2026-03-09\""),
  CHOICE("one of the listed words"),
  TEXT_LIST("a list of at most 100 texts of at most 200 characters");

  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_LIST = 100;

  private final String expected;

  ParameterKind(String expected) {
    this.expected = expected;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a caller should have sent, for error messages. */
  String expected() {
    return expected;
  }

  boolean accepts(Object value, List<String> choices) {
    return switch (this) {
      case BOOLEAN -> value instanceof Boolean;
      case TEXT -> isText(value);
      case DATE -> value instanceof String text && isDate(text);
      case CHOICE -> value instanceof String text && choices.contains(text);
      case TEXT_LIST ->
          value instanceof List<?> list
              && list.size() <= LONGEST_LIST
              && list.stream().allMatch(ParameterKind::isText);
    };
  }

  private static boolean isText(Object value) {
    return value instanceof String text && text.length() <= LONGEST_TEXT;
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException notADate) {
      return false;
    }
  }
}
