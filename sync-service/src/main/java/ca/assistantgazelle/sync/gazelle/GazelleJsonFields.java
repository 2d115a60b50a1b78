package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.contract.value.PlausibleTime;
import ca.assistantgazelle.contract.value.SafeText;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON fields by path. An absent field is treated as null; a value of another type is rejected. */
public final class GazelleJsonFields {
    private GazelleJsonFields() {}

    /** The text, which may be empty; unchanged except for what PostgreSQL cannot store ({@link SafeText#storable}). */
    public static String text(JsonNode node, String... path) {
        var value = at(node, path);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new UnmappableRecordException(String.join(".", path) + " is not a string");
        }
        return storable(value);
    }

    private static String storable(JsonNode value) {
        return SafeText.storable(value.asText());
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

    /** A timestamp of ISO 8601 or RFC 3339; see {@link GazelleTimestamp}. */
    public static Instant instant(JsonNode node, String... path) {
        var text = text(node, path);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return GazelleTimestamp.parse(text);
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
            return PlausibleTime.require(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new UnmappableRecordException(String.join(".", path) + " is not a date");
        }
    }

    /** Never null. */
    public static List<String> texts(JsonNode node, String... path) {
        var texts = new ArrayList<String>();
        var value = at(node, path);
        if (value != null) {
            value.forEach(item -> texts.add(storable(item)));
        }
        return List.copyOf(texts);
    }

    /** The id of a record. */
    public static String id(JsonNode node) {
        var id = text(node, "id");
        if (id == null || id.isBlank()) {
            throw new UnmappableRecordException("the record has no id");
        }
        if (!SafeText.isPlain(at(node, "id").asText())) {
            throw new UnmappableRecordException("the id contains control characters");
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
