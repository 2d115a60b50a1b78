package ca.assistantgazelle.sync.mirror;

import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.UUID;

/**
 * Stores records that could not be written, with the reason and the payload. A record that is written later is
 * released.
 */
@Singleton
public class RecordQuarantine {
    /** Prefix of the key of a record without an id. */
    public static final String NO_ID_PREFIX = "sans-id-";

    /** Number of quarantined records. */
    long count(SqlQueries queries) {
        return queries.first("select count(*) from automation.quarantine", row -> row.getLong(0))
                .orElseThrow();
    }

    /** After a complete read: releases records without an id that no longer exist. */
    public void releaseWithoutId(SqlQueries transaction, UUID runId, Collection<String> entities) {
        transaction.update(
                "delete from automation.quarantine where entity = any ($1) and starts_with(external_id, $2) and run_id <> $3",
                entities.toArray(String[]::new),
                NO_ID_PREFIX,
                runId);
    }

    public void put(SqlQueries transaction, UUID runId, String entity, String id, String reason, JsonNode payload) {
        transaction.update("""
                insert into automation.quarantine (entity, external_id, reason, payload, run_id)
                values ($1, $2, $3, $4, $5)
                on conflict (entity, external_id) do update
                set reason = excluded.reason, payload = excluded.payload, run_id = excluded.run_id, last_seen_at = now()
                """, entity, id, reason, new JsonObject(SafeText.storableJson(payload.toString())), runId);
    }

    public void release(SqlQueries transaction, String entity, Collection<String> ids) {
        boolean any = transaction
                .first(
                        "select exists (select from automation.quarantine where entity = $1)",
                        row -> row.getBoolean(0),
                        entity)
                .orElseThrow();
        if (!any) {
            return;
        }
        transaction.update("""
                delete from automation.quarantine q using unnest($2::text[]) as stored (id)
                where q.entity = $1 and q.external_id = stored.id
                """, entity, ids.toArray(String[]::new));
    }
}
