package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.TriggerEvent;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An attempt claimed by this process.
 *
 * @param fence fencing token; increases with every claim of any attempt, and a claim with an older
 *     token can no longer write
 * @param startedAt by the database's clock
 * @param traceparent may be null
 */
public record ClaimedAttempt(
    TriggerEvent trigger, long fence, int sequence, Instant startedAt, String traceparent) {
  /** Whether this is the attempt requested by the trigger. */
  boolean isFor(TriggerEvent asked) {
    return trigger.runId().equals(asked.runId()) && trigger.attempt() == asked.attempt();
  }

  static ClaimedAttempt of(Row row) {
    var trigger = row.getJsonObject("trigger").encode().getBytes(StandardCharsets.UTF_8);
    return new ClaimedAttempt(
        EventJson.read(trigger, TriggerEvent.class),
        row.getLong("fence"),
        row.getInteger("sequence"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getString("traceparent"));
  }
}
