package ca.assistantgazelle.operator.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Instants of the API (UTC) as people read them: in Montréal. */
public final class Moments {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("America/Toronto"));

  private Moments() {}

  /** Null when there is none. */
  public static String local(JsonNode instant) {
    return instant.isTextual() ? FORMAT.format(Instant.parse(instant.asText())) : null;
  }

  /** Between two instants; null when one is missing. */
  static String between(JsonNode from, JsonNode to) {
    if (!from.isTextual() || !to.isTextual()) {
      return null;
    }
    var millis =
        Duration.between(Instant.parse(from.asText()), Instant.parse(to.asText())).toMillis();
    if (millis < 10_000) {
      return "%.1f s".formatted(millis / 1_000.0);
    }
    return millis < 120_000
        ? millis / 1_000 + " s"
        : millis / 60_000 + " min " + millis / 1_000 % 60 + " s";
  }
}
