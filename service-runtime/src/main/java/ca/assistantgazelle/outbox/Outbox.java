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
import java.util.Map;

/**
 * Events are written in the transaction that causes them; {@link Relay} publishes them afterwards.
 */
@Singleton
public class Outbox {
  /** PostgreSQL notifies this channel at commit. */
  static final String CHANNEL = "gazelle_outbox";

  private final ServiceName service;
  private final Clock clock;

  Outbox(ServiceName service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  /** Publishes a trigger on the topic of its worker, once the transaction commits. */
  public void trigger(Queries transaction, String topic, Trigger trigger, String traceparent) {
    var headers =
        EventHeaders.of(
            trigger.eventId(),
            "/" + service.name(),
            Trigger.TYPE,
            trigger.job(),
            clock.instant(),
            traceparent);
    add(transaction, topic, trigger.runId().toString(), headers, EventJson.write(trigger));
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
    transaction.update(
        """
        with written as (
          insert into automation.outbox (source, topic, key, headers, payload)
          values ($1, $2, $3, $4, $5))
        select pg_notify($6, $1)
        """,
        service.name(),
        topic,
        key,
        new JsonObject(Map.copyOf(headers)),
        payload,
        CHANNEL);
  }
}
