package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Stores the lifecycle events that the admin must be notified of. Returning acknowledges the batch. A message that
 * cannot be read is ignored: the scheduler's consumer of the same topic dead-letters it. An event that cannot be stored
 * is dead-lettered here, alone.
 */
@ApplicationScoped
public class RunEventConsumer {
    private static final Logger LOG = Logger.getLogger(RunEventConsumer.class);

    /** Prevents a new installation from reporting old failures. */
    private static final Duration MAX_EVENT_AGE = Duration.ofDays(7);

    private final Database database;
    private final AdminNotificationQueue queue;
    private final DatabaseRetry databaseRetry;
    private final DeadLetterPublisher deadLetters;
    private final Clock clock;
    private final Counter unreadable;

    RunEventConsumer(
            Database database,
            AdminNotificationQueue queue,
            DatabaseRetry databaseRetry,
            DeadLetterPublisher deadLetters,
            Clock clock,
            MeterRegistry meters) {
        this.database = database;
        this.queue = queue;
        this.databaseRetry = databaseRetry;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.unreadable = meters.counter("gazelle.run.events.unreadable");
    }

    @Incoming("run-events")
    @RunOnVirtualThread
    public void consume(ConsumerRecords<String, byte[]> batch) {
        for (var message : batch) {
            // Most events concern single attempts: only their kind is read.
            if (EventKindPeek.mayConcernRun(message.value())) {
                consume(message);
            }
        }
    }

    private void consume(ConsumerRecord<String, byte[]> message) {
        var event = read(message);
        if (event == null || !isNotifiable(event)) {
            return;
        }
        try {
            databaseRetry.orLeaveUnacknowledged(
                    "storing " + event.event() + " of run " + event.runId(),
                    () -> queue.add(database, AdminNotification.of(event)));
        } catch (RuntimeException e) {
            LOG.error("Failed to store an event for the admin; sending it to the dead-letter topic", e);
            deadLetters.publish(message, "could not be stored: " + DatabaseRetry.describe(e));
        }
    }

    private LifecycleEvent read(ConsumerRecord<String, byte[]> message) {
        try {
            var type = message.headers().lastHeader(EventHeaders.TYPE);
            EventHeaders.requireType(
                    LifecycleEvent.TYPE,
                    type == null || type.value() == null ? null : new String(type.value(), StandardCharsets.UTF_8));
            return EventJson.read(message.value(), LifecycleEvent.class).notInFuture(clock.instant());
        } catch (UnreadableEventException e) {
            unreadable.increment();
            return null;
        }
    }

    private boolean isNotifiable(LifecycleEvent event) {
        return event.event().concernsRun() && event.at().isAfter(clock.instant().minus(MAX_EVENT_AGE));
    }
}
