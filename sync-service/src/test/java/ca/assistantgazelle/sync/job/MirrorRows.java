package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/** Compares a database row with the expected values of all of its columns. */
record MirrorRows(Database database) {
    /** Columns not filled from Gazelle, which other tests cover. */
    private static final Set<String> TECHNICAL_COLUMNS =
            Set.of("created_at", "updated_at", "content_hash", "synced_at", "last_sync_at");

    /**
     * @param key column that identifies the row
     * @param expected every column of the table except technical columns and a serial id
     */
    void assertRow(String table, String key, Object id, Map<String, Object> expected) {
        var row = row(table, key, id);
        row.properties().forEach(column -> {
            var name = column.getKey();
            if (TECHNICAL_COLUMNS.contains(name) || (name.equals("id") && !key.equals("id"))) {
                return;
            }
            assertThat(expected).as(table + " has an unexpected column").containsKey(name);
            assertThat(value(column.getValue(), expected.get(name)))
                    .as(table + "." + name + " of " + id)
                    .isEqualTo(expected.get(name));
        });
    }

    JsonNode row(String table, String key, Object id) {
        var text = database.first(
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
