package ca.assistantgazelle.desk;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.Trigger;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An attempt that this process has claimed.
 *
 * @param fence grows with every claim of any attempt; whoever holds an older one may write nothing
 *     any more
 * @param startedAt by the database's clock
 * @param traceparent may be null
 */
public record Assignment(
    Trigger trigger, long fence, int sequence, Instant startedAt, String traceparent) {
  /** Whether it is the attempt that the trigger asks for. */
  boolean isOf(Trigger asked) {
    return trigger.runId().equals(asked.runId()) && trigger.attempt() == asked.attempt();
  }

  static Assignment of(Row row) {
    var trigger = row.getJsonObject("trigger").encode().getBytes(StandardCharsets.UTF_8);
    return new Assignment(
        EventJson.read(trigger, Trigger.class),
        row.getLong("fence"),
        row.getInteger("sequence"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getString("traceparent"));
  }
}
