package ca.assistantgazelle.worker.outcome;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
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
        return databaseRetry.untilAvailable(
                "the outcome of run " + claim.trigger().runId(),
                () -> database.inTransaction(transaction -> {
                    var sequence = inbox.nextSequence(transaction, claim);
                    if (sequence.isEmpty()) {
                        return false;
                    }
                    var stored = handedOver(transaction, claim, outcome);
                    inbox.release(
                            transaction, claim, stored.kind() == LifecycleEventType.INTERRUPTED ? "waiting" : "done");
                    outbox.addLifecycleEvent(transaction, event(claim, sequence.get(), stored), claim.traceparent());
                    return true;
                }));
    }

    // An interrupted attempt whose cancellation was requested is not continued.
    private JobOutcome handedOver(SqlQueries transaction, ClaimedAttempt claim, JobOutcome outcome) {
        return outcome.kind() == LifecycleEventType.INTERRUPTED && inbox.isCancelRequested(transaction, claim)
                ? new JobOutcome(
                        LifecycleEventType.CANCELLED,
                        outcome.counts(),
                        outcome.details(),
                        RunError.cancelled("The attempt was cancelled while its worker was shutting down."),
                        outcome.logTail())
                : outcome;
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
