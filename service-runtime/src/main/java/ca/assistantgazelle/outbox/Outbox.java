package ca.assistantgazelle.outbox;

import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Queries;
import ca.assistantgazelle.topic.Topics;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Events are written in the transaction that causes them; {@link Relay} publishes them afterwards.
 */
@Singleton
public class Outbox {
  private final ServiceName service;
  private final Clock clock;
  private volatile Runnable written = () -> {};

  public Outbox(ServiceName service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  /** Calls this when events were committed by this process: nobody has to look for them. */
  void onWritten(Runnable woken) {
    written = woken;
  }

  /** Publishes a trigger on the topic of its worker, once the transaction commits. */
  public void trigger(Queries transaction, String topic, Trigger trigger, String traceparent) {
    var headers = headers(trigger, traceparent, clock.instant());
    add(transaction, topic, trigger.runId().toString(), headers, EventJson.write(trigger));
  }

  /** A trigger to publish, with the topic of its worker. */
  public record Addressed(String topic, Trigger trigger, String traceparent) {}

  /** Publishes many triggers in this order, once the transaction commits. */
  public void triggers(Queries transaction, List<Addressed> triggers) {
    if (triggers.isEmpty()) {
      return;
    }
    var now = clock.instant();
    transaction.write(
        """
        insert into automation.outbox (source, topic, key, headers, payload)
        select $1, topic, key, headers::jsonb, payload
        from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
          as t (topic, key, headers, payload, place)
        order by place
        """,
        service.name(),
        triggers.stream().map(Addressed::topic).toArray(String[]::new),
        triggers.stream().map(one -> one.trigger().runId().toString()).toArray(String[]::new),
        triggers.stream()
            .map(one -> EventJson.write(headers(one.trigger(), one.traceparent(), now)))
            .toArray(String[]::new),
        triggers.stream().map(one -> EventJson.write(one.trigger())).toArray(String[]::new));
    transaction.afterCommit(written);
  }

  private Map<String, String> headers(Trigger trigger, String traceparent, Instant now) {
    return EventHeaders.of(
        trigger.eventId(), "/" + service.name(), Trigger.TYPE, trigger.job(), now, traceparent);
  }

  /** Publishes news of an attempt or run, once the transaction commits. */
  public void lifecycle(Queries transaction, LifecycleEvent event, String traceparent) {
    var headers =
        EventHeaders.of(
            event.eventId(),
            "/" + service.name(),
            LifecycleEvent.TYPE,
            event.job(),
            event.at(),
            traceparent);
    add(transaction, Topics.LIFECYCLE, event.runId().toString(), headers, EventJson.write(event));
  }

  private void add(
      Queries transaction, String topic, String key, Map<String, String> headers, String payload) {
    transaction.write(
        """
        insert into automation.outbox (source, topic, key, headers, payload)
        values ($1, $2, $3, $4, $5)
        """,
        service.name(),
        topic,
        key,
        new JsonObject(Map.copyOf(headers)),
        payload);
    transaction.afterCommit(written);
  }
}
