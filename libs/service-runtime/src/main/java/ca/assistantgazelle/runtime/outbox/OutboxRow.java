package ca.assistantgazelle.runtime.outbox;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

/** An unpublished event. */
record OutboxRow(long id, String topic, String key, JsonObject headers, String payload) {
    static OutboxRow of(Row row) {
        return new OutboxRow(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("key"),
                row.getJsonObject("headers"),
                row.getString("payload"));
    }
}
