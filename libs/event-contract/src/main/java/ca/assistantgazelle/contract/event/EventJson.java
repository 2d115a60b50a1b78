package ca.assistantgazelle.contract.event;

import ca.assistantgazelle.contract.value.SafeText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Converts events to JSON and back: unknown fields are ignored, unknown enum values become UNKNOWN. */
public final class EventJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new InstantReader()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private EventJson() {}

    /** The mapper itself, for parameters and details that travel inside events. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static String write(Object event) {
        try {
            return SafeText.storableJson(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one event.
     *
     * @throws UnreadableEventException if the bytes are not valid JSON or a required field is missing; the message
     *     gives the position but never the content
     */
    public static <T> T read(byte[] json, Class<T> type) {
        if (json == null || json.length == 0) {
            throw new UnreadableEventException("the message is empty");
        }
        try {
            var event = hasEscape(json)
                    ? MAPPER.readValue(SafeText.storableJson(new String(json, StandardCharsets.UTF_8)), type)
                    : MAPPER.readValue(json, type);
            if (event == null) {
                throw new UnreadableEventException("the message is JSON null");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException(reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Only an escape can stand for a character that PostgreSQL cannot store.
    private static boolean hasEscape(byte[] json) {
        for (int i = 1; i < json.length; i++) {
            if (json[i] == 'u' && json[i - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    // Jackson's message quotes the input, which may contain personal data.
    private static String reason(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException || cause instanceof DateTimeException) {
                return cause.getMessage();
            }
        }
        var where = e.getLocation();
        return "not valid JSON for this event ("
                + e.getClass().getSimpleName()
                + (where == null ? ")" : ", line " + where.getLineNr() + ", column " + where.getColumnNr() + ")");
    }
}
