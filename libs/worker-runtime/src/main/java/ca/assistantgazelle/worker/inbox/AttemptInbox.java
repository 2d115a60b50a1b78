package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Accepts attempts into the inbox, claims them for this process and keeps their leases. */
@Singleton
public class AttemptInbox {
    private final Database database;
    private final InboxStore inbox;
    private final EventOutbox outbox;
    private final WorkerConfig config;
    private final ServiceIdentity service;
    private final Clock clock;

    AttemptInbox(
            Database database,
            InboxStore inbox,
            EventOutbox outbox,
            WorkerConfig config,
            ServiceIdentity service,
            Clock clock) {
        this.database = database;
        this.inbox = inbox;
        this.outbox = outbox;
        this.config = config;
        this.service = service;
        this.clock = clock;
    }

    /** What became of a trigger. */
    public enum Acceptance {
        ACCEPTED,
        /** The trigger arrived after its {@code notAfter}; the attempt is closed as failed. */
        EXPIRED,
        /** The attempt was accepted before. */
        DUPLICATE
    }

    /**
     * @param claimed the attempt that was claimed in the same transaction, usually the accepted one; empty when none
     *     was
     */
    public record AcceptanceResult(Acceptance acceptance, Optional<ClaimedAttempt> claimed) {
        /** Whether an attempt was accepted that this process has not claimed. */
        public boolean leavesWaiting(TriggerEvent trigger) {
            return acceptance == Acceptance.ACCEPTED
                    && claimed.filter(one -> one.isFor(trigger)).isEmpty();
        }
    }

    /**
     * Stores an attempt and, when a slot is free, claims the oldest waiting one in the same transaction: one commit
     * less before the job starts.
     *
     * @param traceparent may be null
     * @param jobs the jobs that this process can run
     * @param hasSlot whether the caller has reserved a slot
     */
    public AcceptanceResult accept(TriggerEvent trigger, String traceparent, Collection<String> jobs, boolean hasSlot) {
        boolean expired = trigger.notAfter() != null && clock.instant().isAfter(trigger.notAfter());
        return database.inTransaction(transaction -> {
            var state = expired ? "done" : "waiting";
            if (!inbox.insert(transaction, config.kind().id(), trigger, traceparent, state)) {
                return new AcceptanceResult(Acceptance.DUPLICATE, Optional.empty());
            }
            outbox.addLifecycleEvent(transaction, acceptedEvent(trigger, expired), traceparent);
            if (expired) {
                return new AcceptanceResult(Acceptance.EXPIRED, Optional.empty());
            }
            var claimed = hasSlot ? claim(transaction, jobs) : Optional.<ClaimedAttempt>empty();
            var result = new AcceptanceResult(Acceptance.ACCEPTED, claimed);
            if (result.leavesWaiting(trigger)) {
                inbox.notifyWorkers(transaction, config.kind().id());
            }
            return result;
        });
    }

    /** Claims the oldest waiting attempt of these jobs; empty when there is none. */
    public Optional<ClaimedAttempt> claimNext(Collection<String> jobs) {
        return database.inTransaction(transaction -> claim(transaction, jobs));
    }

    /** The attempts that this process has claimed, also those of which it does not know because the answer was lost. */
    public List<ClaimedAttempt> ownClaims() {
        return inbox.findClaims(database, service.process());
    }

    private Optional<ClaimedAttempt> claim(SqlQueries transaction, Collection<String> jobs) {
        var claimed = inbox.claim(transaction, config.kind().id(), jobs, service.process(), config.lease());
        claimed.ifPresent(claim -> outbox.addLifecycleEvent(
                transaction,
                claim.event(claim.sequence(), LifecycleEventType.STARTED, clock.instant(), service.process()),
                claim.traceparent()));
        return claimed;
    }

    /** Renews the lease and reports whether the attempt may continue. */
    public InboxStore.LeaseRenewal renew(ClaimedAttempt claim) {
        return inbox.renew(database, claim, config.lease());
    }

    /** How often the lease is renewed; three renewals fit into a lease. */
    public Duration renewalPeriod() {
        return config.lease().dividedBy(3);
    }

    /**
     * Runs the work in a transaction that commits only while the attempt belongs to this process.
     *
     * @throws StaleFenceException when another worker has taken it over
     */
    public <T> T write(ClaimedAttempt claim, Function<SqlQueries, T> work) {
        return database.inTransaction(transaction -> {
            inbox.requireFence(transaction, claim);
            var result = work.apply(transaction);
            // Every commit renews the lease: transactions in quick succession may delay renewals.
            if (inbox.renew(transaction, claim, config.lease()) == InboxStore.LeaseRenewal.LOST) {
                throw new StaleFenceException(claim);
            }
            return result;
        });
    }

    public SqlQueries read() {
        return database;
    }

    private LifecycleEvent acceptedEvent(TriggerEvent trigger, boolean expired) {
        return LifecycleEvent.of(
                        trigger.runId(),
                        trigger.job(),
                        trigger.attempt(),
                        1,
                        expired ? LifecycleEventType.FAILED : LifecycleEventType.ACCEPTED,
                        clock.instant(),
                        service.process())
                .withError(expired ? RunError.triggerExpired(trigger.job(), trigger.notAfter()) : null);
    }
}
