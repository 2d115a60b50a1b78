package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Publishes {@code RUN_OVERDUE} and {@code RUN_RECOVERED} events. */
@Singleton
class OverdueEventPublisher {
    private static final Logger LOG = Logger.getLogger(OverdueEventPublisher.class);

    /** Above the sequence numbers of an attempt's own events, so that event ids stay unique. */
    private static final int OVERDUE = 1_000_001;

    private static final int RECOVERED = OVERDUE + 1;

    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;

    OverdueEventPublisher(EventOutbox outbox, ServiceIdentity service, Clock clock) {
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
    }

    void overdue(SqlQueries transaction, WatchedDeadline late, UUID runId) {
        var zone = late.job().scheduling().schedule().zone();
        var message = "%s of %s had not succeeded by %s (%s)."
                .formatted(
                        late.job().id(),
                        late.fire().nominal(),
                        late.at().atZone(ZoneId.of(zone)).toLocalTime(),
                        zone);
        LOG.warn(message);
        var error = new RunError(
                "RUN_OVERDUE",
                false,
                message,
                "Check with ./gazelle jobs and ./gazelle show "
                        + late.job().id()
                        + " whether a scheduler and the worker are running.");
        publish(transaction, runId, late.job().id(), LifecycleEventType.RUN_OVERDUE, OVERDUE, error);
    }

    void recovered(SqlQueries transaction, OverdueRunStore.RecoveredRun run) {
        LOG.infof("job %s: the overdue run of %s has succeeded", run.job(), run.fireKey());
        publish(transaction, run.runId(), run.job(), LifecycleEventType.RUN_RECOVERED, RECOVERED, null);
    }

    private void publish(
            SqlQueries transaction, UUID runId, String job, LifecycleEventType kind, int sequence, RunError error) {
        outbox.addLifecycleEvent(
                transaction,
                LifecycleEvent.of(runId, job, 1, sequence, kind, clock.instant(), service.process())
                        .withError(error),
                null);
    }
}
