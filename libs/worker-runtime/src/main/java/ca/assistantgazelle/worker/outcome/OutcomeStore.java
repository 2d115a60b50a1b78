package ca.assistantgazelle.worker.outcome;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.worker.inbox.ClaimedAttempt;
import ca.assistantgazelle.worker.inbox.InboxStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Stores the outcome of an attempt in one transaction with its lifecycle event, which the outbox relay publishes. */
@Singleton
public class OutcomeStore {
    private final Database database;
    private final InboxStore inbox;
    private final EventOutbox outbox;
    private final DatabaseRetry databaseRetry;
    private final ServiceIdentity service;
    private final Clock clock;

    OutcomeStore(
            Database database,
            InboxStore inbox,
            EventOutbox outbox,
            DatabaseRetry databaseRetry,
            ServiceIdentity service,
            Clock clock) {
        this.database = database;
        this.inbox = inbox;
        this.outbox = outbox;
        this.databaseRetry = databaseRetry;
        this.service = service;
        this.clock = clock;
    }

    /** Content of a lifecycle event of an attempt. */
    public record JobOutcome(
            LifecycleEventType kind,
            Map<String, Map<String, Long>> counts,
            Map<String, Object> details,
            RunError error,
            List<String> logTail) {}

    /**
     * Closes the attempt and stores its event. Returns false, storing nothing, if the attempt was taken over in the
     * meantime.
     */
    public boolean storeOutcome(ClaimedAttempt claim, JobOutcome outcome) {
        var state = outcome.kind() == LifecycleEventType.INTERRUPTED ? "waiting" : "done";
        return databaseRetry.untilAvailable(
                "the outcome of run " + claim.trigger().runId(),
                () -> database.inTransaction(transaction -> {
                    var sequence = inbox.nextSequence(transaction, claim);
                    if (sequence.isEmpty()) {
                        return false;
                    }
                    inbox.release(transaction, claim, state);
                    outbox.addLifecycleEvent(transaction, event(claim, sequence.get(), outcome), claim.traceparent());
                    return true;
                }));
    }

    /** Stores a progress event; does nothing if the attempt was taken over. */
    public void storeProgress(ClaimedAttempt claim, JobOutcome outcome) {
        database.runInTransaction(transaction -> inbox.nextSequence(transaction, claim)
                .ifPresent(sequence ->
                        outbox.addLifecycleEvent(transaction, event(claim, sequence, outcome), claim.traceparent())));
    }

    private LifecycleEvent event(ClaimedAttempt claim, int sequence, JobOutcome outcome) {
        return claim.event(sequence, outcome.kind(), clock.instant(), service.process())
                .withReport(outcome.counts(), outcome.details(), outcome.logTail())
                .withError(outcome.error());
    }
}
