package ca.assistantgazelle.runtime.outbox;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.topic.KafkaTopics;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events are written in the transaction that causes them; {@link OutboxRelay} publishes them afterwards. */
@Singleton
public class EventOutbox {
    private final ServiceIdentity service;
    private final Clock clock;
    private volatile Runnable wakeRelay = () -> {};

    public EventOutbox(ServiceIdentity service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /** Sets what runs after this process has committed events, so that they need not be polled for. */
    void onCommit(Runnable woken) {
        wakeRelay = woken;
    }

    /** Publishes a trigger on the topic of its worker, once the transaction commits. */
    public void addTrigger(SqlQueries transaction, String topic, TriggerEvent trigger, String traceparent) {
        var headers = headers(trigger, traceparent, clock.instant());
        insert(transaction, topic, trigger.runId().toString(), headers, EventJson.write(trigger));
    }

    /** A trigger to publish, with the topic of its worker. */
    public record AddressedTrigger(String topic, TriggerEvent trigger, String traceparent) {}

    /** Publishes many triggers in this order, once the transaction commits. */
    public void addTriggers(SqlQueries transaction, List<AddressedTrigger> triggers) {
        if (triggers.isEmpty()) {
            return;
        }
        var now = clock.instant();
        transaction.executeLater(
                """
                insert into automation.outbox (source, topic, key, headers, payload)
                select $1, topic, key, headers::jsonb, payload
                from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
                  as t (topic, key, headers, payload, place)
                order by place
                """,
                service.name(),
                triggers.stream().map(AddressedTrigger::topic).toArray(String[]::new),
                triggers.stream().map(one -> one.trigger().runId().toString()).toArray(String[]::new),
                triggers.stream()
                        .map(one -> EventJson.write(headers(one.trigger(), one.traceparent(), now)))
                        .toArray(String[]::new),
                triggers.stream().map(one -> EventJson.write(one.trigger())).toArray(String[]::new));
        transaction.afterCommit(wakeRelay);
    }

    private Map<String, String> headers(TriggerEvent trigger, String traceparent, Instant now) {
        return EventHeaders.of(
                trigger.eventId(), "/" + service.name(), TriggerEvent.TYPE, trigger.job(), now, traceparent);
    }

    /** Publishes an event of an attempt or run, once the transaction commits. */
    public void addLifecycleEvent(SqlQueries transaction, LifecycleEvent event, String traceparent) {
        var headers = EventHeaders.of(
                event.eventId(), "/" + service.name(), LifecycleEvent.TYPE, event.job(), event.at(), traceparent);
        insert(transaction, KafkaTopics.LIFECYCLE, event.runId().toString(), headers, EventJson.write(event));
    }

    /** Whether events of the run are unsent, or were sent after that instant. */
    public boolean isPending(SqlQueries queries, UUID runId, Instant since) {
        return queries.first(
                        "select 1 from automation.outbox where key = $1 and (sent_at is null and set_aside_at is null or sent_at > $2) limit 1",
                        row -> true,
                        runId.toString(),
                        since)
                .isPresent();
    }

    /** Publishes once more what the outbox still has of the run; returns the number of events. */
    public int publishAgain(SqlQueries transaction, UUID runId) {
        int events = transaction.update(
                "update automation.outbox set sent_at = null where key = $1 and sent_at is not null", runId.toString());
        transaction.afterCommit(wakeRelay);
        return events;
    }

    private void insert(SqlQueries transaction, String topic, String key, Map<String, String> headers, String payload) {
        transaction.executeLater("""
                insert into automation.outbox (source, topic, key, headers, payload)
                values ($1, $2, $3, $4, $5)
                """, service.name(), topic, key, new JsonObject(Map.copyOf(headers)), payload);
        transaction.afterCommit(wakeRelay);
    }
}
