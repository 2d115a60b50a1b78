package ca.assistantgazelle.sync.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON fields by path. An absent field is treated as null; a value of another type is rejected. */
public final class GazelleJsonFields {
    private GazelleJsonFields() {}

    /** The unchanged text, which may be empty, but without NUL characters, which PostgreSQL cannot store. */
    public static String text(JsonNode node, String... path) {
        var value = at(node, path);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new UnmappableRecordException(String.join(".", path) + " is not a string");
        }
        return withoutNul(value);
    }

    private static String withoutNul(JsonNode value) {
        return value.asText().replace("\0", "");
    }

    /** The stripped text; null if blank. */
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
            throw new UnmappableRecordException(String.join(".", path) + " is not a boolean");
        }
        return value.booleanValue();
    }

    public static Integer integer(JsonNode node, String... path) {
        var value = at(node, path);
        if (value == null) {
            return null;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw new UnmappableRecordException(String.join(".", path) + " is not a 32-bit integer");
        }
        return value.intValue();
    }

    /** Parses a timestamp; without an offset it is taken as UTC. */
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
            throw new UnmappableRecordException(String.join(".", path) + " is not a timestamp");
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
            throw new UnmappableRecordException(String.join(".", path) + " is not a date");
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

    /** The id of a record. */
    public static String id(JsonNode node) {
        var id = text(node, "id");
        if (id == null || id.isBlank()) {
            throw new UnmappableRecordException("the record has no id");
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
