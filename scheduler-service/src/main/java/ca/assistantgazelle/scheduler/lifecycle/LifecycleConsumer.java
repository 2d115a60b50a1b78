package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes lifecycle events in batches. A batch is acknowledged once it is stored; unreadable messages go to the
 * dead-letter topic.
 */
@ApplicationScoped
public class LifecycleConsumer {
    private static final Logger LOG = Logger.getLogger(LifecycleConsumer.class);

    private record ReceivedEvent(ConsumerRecord<String, byte[]> message, LifecycleEvent event) {}

    private final LifecycleProjector projector;
    private final DeadLetterPublisher deadLetters;
    private final DatabaseRetry databaseRetry;
    private final Clock clock;
    private final Counter consumedCounter;
    private final Counter deadLetterCounter;

    LifecycleConsumer(
            LifecycleProjector projector,
            DeadLetterPublisher deadLetters,
            DatabaseRetry databaseRetry,
            Clock clock,
            MeterRegistry meters) {
        this.projector = projector;
        this.deadLetters = deadLetters;
        this.databaseRetry = databaseRetry;
        this.clock = clock;
        this.consumedCounter = meters.counter("gazelle.lifecycle.consumed");
        this.deadLetterCounter = meters.counter("gazelle.lifecycle.dead.letters");
    }

    @Incoming("lifecycle")
    @RunOnVirtualThread
    public void onBatch(ConsumerRecords<String, byte[]> batch) {
        var readable = new ArrayList<ReceivedEvent>();
        for (var message : batch) {
            parse(message, readable);
        }
        process(readable);
        consumedCounter.increment(readable.size());
    }

    private void parse(ConsumerRecord<String, byte[]> message, List<ReceivedEvent> readable) {
        try {
            EventHeaders.requireType(LifecycleEvent.TYPE, header(message));
            var event = EventJson.read(message.value(), LifecycleEvent.class);
            readable.add(new ReceivedEvent(message, event.notInFuture(clock.instant())));
        } catch (UnreadableEventException e) {
            sendToDeadLetters(message, e.getMessage());
        }
    }

    private void process(List<ReceivedEvent> readable) {
        try {
            databaseRetry.orLeaveUnacknowledged(
                    "storing lifecycle events",
                    () -> project(readable.stream().map(ReceivedEvent::event).toList()));
        } catch (RuntimeException e) {
            if (readable.size() == 1) {
                LOG.error("Failed to store an event; sending it to the dead-letter topic", e);
                sendToDeadLetters(
                        readable.getFirst().message(), "the event could not be stored: " + DatabaseRetry.describe(e));
            } else {
                // Isolate the event that failed, so that the others are stored.
                readable.forEach(one -> process(List.of(one)));
            }
        }
    }

    private boolean project(List<LifecycleEvent> events) {
        projector.project(events);
        return true;
    }

    private void sendToDeadLetters(ConsumerRecord<String, byte[]> message, String reason) {
        deadLetters.publish(message, reason);
        deadLetterCounter.increment();
        LOG.warnf(
                "Sent %s-%d@%d to the dead-letter topic: %s",
                message.topic(), message.partition(), message.offset(), reason);
    }

    private static String header(ConsumerRecord<?, ?> message) {
        var header = message.headers().lastHeader(EventHeaders.TYPE);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
