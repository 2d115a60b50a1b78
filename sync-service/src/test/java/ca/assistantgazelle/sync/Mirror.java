package ca.assistantgazelle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.sql.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/** Compares a row of the database with what it should hold, column by column, none left out. */
record Mirror(Database database) {
  /** Ours, not Gazelle's: what they hold is tested where it is decided. */
  private static final Set<String> BOOKKEEPING =
      Set.of("created_at", "updated_at", "content_hash", "synced_at", "last_sync_at");

  /**
   * @param key column that names the row
   * @param expected every column of the table but bookkeeping and a serial id
   */
  void requireRow(String table, String key, Object id, Map<String, Object> expected) {
    var row = row(table, key, id);
    row.properties()
        .forEach(
            column -> {
              var name = column.getKey();
              if (BOOKKEEPING.contains(name) || (name.equals("id") && !key.equals("id"))) {
                return;
              }
              assertThat(expected).as(table + " has a column nobody expects").containsKey(name);
              assertThat(value(column.getValue(), expected.get(name)))
                  .as(table + "." + name + " of " + id)
                  .isEqualTo(expected.get(name));
            });
  }

  JsonNode row(String table, String key, Object id) {
    var text =
        database
            .first(
                "select to_jsonb(t)::text from " + table + " t where " + key + " = $1",
                row -> row.getString(0),
                id)
            .orElseThrow(() -> new AssertionError(table + " has no row " + id));
    try {
      return EventJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(JsonNode stored, Object expected) {
    if (stored.isNull()) {
      return null;
    }
    return switch (expected) {
      case Instant instant -> OffsetDateTime.parse(stored.asText()).toInstant();
      case Boolean flag -> stored.booleanValue();
      case Integer number -> stored.intValue();
      case BigDecimal money -> new BigDecimal(stored.asText());
      case Iterable<?> list -> EventJson.mapper().convertValue(stored, java.util.List.class);
      case null, default -> stored.asText();
    };
  }
}
