package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An attempt claimed by this process.
 *
 * @param fence fencing token; increases with every claim of any attempt, and a claim with an older token can no longer
 *     write
 * @param startedAt by the database's clock
 * @param traceparent may be null
 */
public record ClaimedAttempt(TriggerEvent trigger, long fence, int sequence, Instant startedAt, String traceparent) {
    /** Whether this is the attempt requested by the trigger. */
    boolean isFor(TriggerEvent asked) {
        return trigger.runId().equals(asked.runId()) && trigger.attempt() == asked.attempt();
    }

    /** A lifecycle event of this attempt, without results. */
    public LifecycleEvent event(int number, LifecycleEventType kind, Instant at, String worker) {
        return LifecycleEvent.of(trigger.runId(), trigger.job(), trigger.attempt(), number, kind, at, worker)
                .withClaim(fence, startedAt);
    }

    static ClaimedAttempt of(Row row) {
        var trigger = row.getJsonObject("trigger").encode().getBytes(StandardCharsets.UTF_8);
        return new ClaimedAttempt(
                EventJson.read(trigger, TriggerEvent.class),
                row.getLong("fence"),
                row.getInteger("sequence"),
                SqlQueries.instant(row, "started_at"),
                row.getString("traceparent"));
    }
}
