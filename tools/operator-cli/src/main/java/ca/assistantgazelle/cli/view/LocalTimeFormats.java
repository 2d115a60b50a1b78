package ca.assistantgazelle.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Formats the API's UTC instants in Montréal time. */
public final class LocalTimeFormats {
    private static final DateTimeFormatter MONTREAL_FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("America/Toronto"));

    private LocalTimeFormats() {}

    /** Null if the node holds no text. */
    public static String montrealTime(JsonNode instant) {
        return instant.isTextual() ? MONTREAL_FORMAT.format(Instant.parse(instant.asText())) : null;
    }

    /** The time elapsed between two instants; null if one is missing. */
    static String elapsedTime(JsonNode from, JsonNode to) {
        if (!from.isTextual() || !to.isTextual()) {
            return null;
        }
        var millis = Duration.between(Instant.parse(from.asText()), Instant.parse(to.asText()))
                .toMillis();
        if (millis < 10_000) {
            return "%.1f s".formatted(millis / 1_000.0);
        }
        return millis < 120_000 ? millis / 1_000 + " s" : millis / 60_000 + " min " + millis / 1_000 % 60 + " s";
    }
}
