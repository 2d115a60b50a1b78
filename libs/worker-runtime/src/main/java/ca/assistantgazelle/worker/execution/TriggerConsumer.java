package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.catalogue.InvalidParameterException;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.worker.inbox.AttemptInbox.Acceptance;
import ca.assistantgazelle.worker.inbox.WorkerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes triggers: stores each one in the inbox, whether or not a slot is free, before acknowledging it. If an
 * exception is thrown, the message goes to the dead-letter topic with the reason.
 */
@ApplicationScoped
public class TriggerConsumer {
    private static final Logger LOG = Logger.getLogger(TriggerConsumer.class);

    private final AttemptExecutor executor;
    private final DatabaseRetry databaseRetry;
    private final JobCatalogue catalogue;
    private final WorkerConfig config;
    private final Counter accepted;
    private final Counter duplicates;

    TriggerConsumer(
            AttemptExecutor executor,
            DatabaseRetry databaseRetry,
            JobCatalogue catalogue,
            WorkerConfig config,
            MeterRegistry meters) {
        this.executor = executor;
        this.databaseRetry = databaseRetry;
        this.catalogue = catalogue;
        this.config = config;
        this.accepted = meters.counter("gazelle.triggers.accepted");
        this.duplicates = meters.counter("gazelle.triggers.duplicates");
    }

    @Incoming("triggers")
    @RunOnVirtualThread
    public void onTrigger(ConsumerRecord<String, byte[]> message) {
        var trigger = parse(message);
        var acceptance = databaseRetry.orLeaveUnacknowledged(
                "accepting run " + trigger.runId(),
                () -> executor.accept(trigger, header(message, EventHeaders.TRACE)));
        (acceptance == Acceptance.DUPLICATE ? duplicates : accepted).increment();
        LOG.infof(
                "run %s job %s attempt %d: %s",
                trigger.runId(),
                trigger.job(),
                trigger.attempt(),
                switch (acceptance) {
                    case ACCEPTED -> "accepted";
                    case EXPIRED -> "trigger expired";
                    case DUPLICATE -> "duplicate trigger ignored";
                });
    }

    private TriggerEvent parse(ConsumerRecord<String, byte[]> message) {
        try {
            EventHeaders.requireType(TriggerEvent.TYPE, header(message, EventHeaders.TYPE));
            var trigger = EventJson.read(message.value(), TriggerEvent.class);
            requireOwnJob(trigger);
            return trigger;
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "Sending %s-%d@%d to the dead-letter topic: %s",
                    message.topic(), message.partition(), message.offset(), e.getMessage());
            throw e;
        }
    }

    private void requireOwnJob(TriggerEvent trigger) {
        var job = catalogue
                .find(trigger.job())
                .orElseThrow(
                        () -> new UnreadableEventException("unknown job; the catalogue contains " + catalogue.ids()));
        if (job.worker() != config.kind()) {
            throw new UnreadableEventException("job %s belongs to %s, not to %s"
                    .formatted(
                            job.id(), job.worker().serviceName(), config.kind().serviceName()));
        }
        try {
            job.validateParameters(trigger.parameters());
        } catch (InvalidParameterException e) {
            throw new UnreadableEventException(e.getMessage());
        }
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
