package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Gazelle's fields by path. An absent field and a null are the same; a value of another type
 * is refused.
 */
public final class Fields {
  private Fields() {}

  /**
   * As it is, also when empty, but without the character NUL: PostgreSQL holds none, and nobody
   * types one.
   */
  public static String text(JsonNode node, String... path) {
    var value = at(node, path);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode()) {
      throw new UnmappableException(String.join(".", path) + " is not a text");
    }
    return withoutNul(value);
  }

  private static String withoutNul(JsonNode value) {
    return value.asText().replace("\0", "");
  }

  /** Without blanks around it; null when nothing is left. */
  public static String trimmed(JsonNode node, String... path) {
    var text = text(node, path);
    return text == null || text.isBlank() ? null : text.strip();
  }

  public static Boolean bool(JsonNode node, String... path) {
    var value = at(node, path);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw new UnmappableException(String.join(".", path) + " is not true or false");
    }
    return value.booleanValue();
  }

  public static Integer integer(JsonNode node, String... path) {
    var value = at(node, path);
    if (value == null) {
      return null;
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
      throw new UnmappableException(String.join(".", path) + " is not a whole number that fits");
    }
    return value.intValue();
  }

  /** Zoneless values count as UTC (reference/gazelle.md §11). */
  public static Instant instant(JsonNode node, String... path) {
    var text = text(node, path);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:?\\d{2}$");
      return (zoned
              ? OffsetDateTime.parse(text)
              : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC))
          .toInstant();
    } catch (DateTimeException e) {
      throw new UnmappableException(String.join(".", path) + " is not an instant");
    }
  }

  public static LocalDate date(JsonNode node, String... path) {
    var text = text(node, path);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new UnmappableException(String.join(".", path) + " is not a date");
    }
  }

  /** Never null. */
  public static List<String> texts(JsonNode node, String... path) {
    var texts = new ArrayList<String>();
    var value = at(node, path);
    if (value != null) {
      value.forEach(item -> texts.add(withoutNul(item)));
    }
    return List.copyOf(texts);
  }

  /** The key of a record. */
  public static String id(JsonNode node) {
    var id = text(node, "id");
    if (id == null || id.isBlank()) {
      throw new UnmappableException("it has no id");
    }
    return id;
  }

  private static JsonNode at(JsonNode node, String... path) {
    var value = node;
    for (var step : path) {
      value = value.path(step);
    }
    return value.isMissingNode() || value.isNull() ? null : value;
  }
}
