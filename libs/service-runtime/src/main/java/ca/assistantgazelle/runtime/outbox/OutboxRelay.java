package ca.assistantgazelle.runtime.outbox;

import ca.assistantgazelle.runtime.kafka.BrokerAdmin;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Publishes the outbox in order and waits for the broker's acknowledgement of every event. */
@Singleton
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofHours(1);
    private static final Duration GAUGE_INTERVAL = Duration.ofSeconds(15);

    /**
     * Longer than the producer's {@code delivery.timeout.ms}, so that every send is answered; shorter than the
     * database's timeout for idle transactions.
     */
    private static final Duration SEND_TIMEOUT = Duration.ofMillis(1_900);

    private static final int BATCH_SIZE = 500;

    private final MutinyEmitter<String> emitter;
    private final OutboxStore store;
    private final ServiceIdentity service;
    private final EventOutbox outbox;
    private final BrokerAdmin broker;
    private final AtomicLong setAside;
    private final AtomicLong unsent;
    private volatile boolean brokerAccepts = true;
    private PeriodicTask publishing;
    private PeriodicTask housekeeping;
    private PeriodicTask gauges;

    OutboxRelay(
            @Channel("outbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter,
            OutboxStore store,
            ServiceIdentity service,
            EventOutbox outbox,
            BrokerAdmin broker,
            MeterRegistry meters) {
        this.broker = broker;
        this.setAside = meters.gauge("gazelle.outbox.set.aside", new AtomicLong());
        this.unsent = meters.gauge("gazelle.outbox.unsent", new AtomicLong());
        this.emitter = emitter;
        this.store = store;
        this.service = service;
        this.outbox = outbox;
    }

    void start(@Observes @Priority(3000) StartupEvent event) {
        publishing = PeriodicTask.start("outbox relay", POLL_INTERVAL, this::publish);
        gauges = PeriodicTask.start("outbox gauges", GAUGE_INTERVAL, this::updateGauges);
        housekeeping = PeriodicTask.start("outbox housekeeping", HOUSEKEEPING_INTERVAL, this::deleteOld);
        outbox.onCommit(publishing::wake);
    }

    /** Runs after the last outcome was stored, so that this process still publishes it. */
    void stop(@Observes @Priority(3000) ShutdownEvent event) {
        gauges.close();
        housekeeping.close();
        publishing.close();
        publishRemaining();
    }

    private void publishRemaining() {
        try {
            while (publish()) {
                LOG.debug("publishing remaining events before shutdown");
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Failed to publish the remaining outbox events; the next process will: %s",
                    DatabaseRetry.describe(e));
        }
    }

    private boolean publish() {
        var refused = new ArrayList<OutboxStore.RefusedRow>();
        // After a failure, a single event: more would only queue up in the producer.
        boolean trusting = brokerAccepts;
        brokerAccepts = false;
        boolean more = store.publish(service.name(), trusting ? BATCH_SIZE : 1, batch -> {
            var acknowledged = new ArrayList<OutboxRow>();
            var sends =
                    batch.stream().map(row -> send(row, acknowledged, refused)).toList();
            Uni.join().all(sends).andCollectFailures().await().atMost(SEND_TIMEOUT);
            synchronized (acknowledged) {
                brokerAccepts = !acknowledged.isEmpty() || batch.isEmpty();
                return List.copyOf(acknowledged);
            }
        });
        if (refused.isEmpty()) {
            brokerAccepts = true;
            return more;
        }
        // An event that the broker refuses must not hold up the others; an absent broker refuses all of them.
        boolean reachable = brokerAccepts || isBrokerReachable();
        if (reachable) {
            brokerAccepts = true;
            setAside(refused);
            return true;
        }
        throw new IllegalStateException("the broker did not acknowledge " + refused.size() + " events");
    }

    private void setAside(List<OutboxStore.RefusedRow> refused) {
        store.postpone(refused);
        for (var one : refused) {
            if (one.permanent()) {
                LOG.errorf(
                        "Event %d for topic %s set aside: %s",
                        one.row().id(), one.row().topic(), one.reason());
            } else {
                LOG.warnf(
                        "Event %d for topic %s postponed: %s",
                        one.row().id(), one.row().topic(), one.reason());
            }
        }
    }

    private boolean isBrokerReachable() {
        try {
            broker.ping();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The broker is not reachable", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Uni<Void> send(OutboxRow row, List<OutboxRow> acknowledged, List<OutboxStore.RefusedRow> refused) {
        var headers = new RecordHeaders();
        row.headers()
                .forEach(header -> headers.add(
                        header.getKey(), String.valueOf(header.getValue()).getBytes(StandardCharsets.UTF_8)));
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(row.topic())
                .withKey(row.key())
                .withHeaders(headers)
                .build();
        // Eager: sends enter the producer in the outbox's order, whatever the order of their
        // acknowledgements.
        return emitter.sendMessage(Message.of(row.payload()).addMetadata(metadata))
                .onItemOrFailure()
                .transform((done, failure) -> {
                    synchronized (acknowledged) {
                        if (failure == null) {
                            acknowledged.add(row);
                        } else {
                            refused.add(refusal(row, failure));
                        }
                    }
                    if (failure != null) {
                        LOG.debugf(failure, "event %d was not acknowledged", row.id());
                    }
                    return null;
                });
    }

    private static OutboxStore.RefusedRow refusal(OutboxRow row, Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && !(cause instanceof ApiException)) {
            cause = cause.getCause();
        }
        boolean permanent = cause instanceof RecordTooLargeException
                || cause instanceof SerializationException
                || cause instanceof InvalidTopicException;
        return new OutboxStore.RefusedRow(row, DatabaseRetry.describe(cause), permanent);
    }

    private boolean updateGauges() {
        setAside.set(store.countSetAside());
        unsent.set(store.countUnsent(service.name()));
        return false;
    }

    private boolean deleteOld() {
        store.deleteOld();
        return false;
    }
}
