package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Applies a verdict to a run and publishes an event when the run is given up. */
@Singleton
class RunTransition {
    private static final Logger LOG = Logger.getLogger(RunTransition.class);

    private static final Duration UNKNOWN_JOB_RETRY_DELAY = Duration.ofMinutes(5);

    private final EventOutbox outbox;
    private final JobCatalogue catalogue;
    private final ServiceIdentity service;
    private final Clock clock;

    RunTransition(EventOutbox outbox, JobCatalogue catalogue, ServiceIdentity service, Clock clock) {
        this.outbox = outbox;
        this.catalogue = catalogue;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Publishes the resulting events; the caller stores the returned run.
     *
     * @param acceptedAt from the events of the batch; null if it contains no acceptance
     * @return the run's new state; empty if nothing changed
     */
    Optional<JobRun> apply(SqlQueries transaction, JobRun run, Instant acceptedAt, List<AttemptState> attempts) {
        // A job known only to another catalogue version is retried by the schedulers using it.
        var retryDelay =
                catalogue.find(run.job()).map(JobDefinition::retryDelay).orElse(UNKNOWN_JOB_RETRY_DELAY);
        var verdict = RunVerdict.of(run, attempts, retryDelay);
        var started = attempts.stream()
                .map(AttemptState::startedAt)
                .min(Comparator.naturalOrder())
                .orElse(run.times().startedAt());
        var after = nextState(run, verdict, acceptedAt, started);
        if (after.equals(run)) {
            return Optional.empty();
        }
        if (verdict instanceof RunVerdict.GivenUp givenUp && run.isOpen()) {
            publishGivenUp(transaction, after, givenUp.attempt());
        }
        if (after.status() != run.status() && after.status() != RunStatus.RUNNING) {
            LOG.infof(
                    "run %s job %s: %s → %s",
                    run.runId(), run.job(), run.status().value(), after.status().value());
        }
        return Optional.of(after);
    }

    private static JobRun nextState(JobRun run, RunVerdict verdict, Instant accepted, Instant started) {
        var seen = run.accepted(accepted).started(started);
        return switch (verdict) {
            case RunVerdict.StillOpen open -> run.isOpen() ? seen.progressed(open.status()) : seen;
            case RunVerdict.RunSucceeded done ->
                seen.succeeded(done.attempt().attempt(), done.attempt().finishedAt());
            case RunVerdict.RetryLater later ->
                run.isOpen() ? seen.retryScheduled(later.failed().error(), later.at()) : seen;
            case RunVerdict.RunCancelled cancelled ->
                seen.cancelled(
                        run.state().cancelledBy(),
                        cancelled.attempt().error(),
                        cancelled.attempt().finishedAt());
            case RunVerdict.GivenUp givenUp -> givenUpState(seen, givenUp.attempt());
        };
    }

    private static JobRun givenUpState(JobRun run, AttemptState attempt) {
        var error = attempt.error() == null ? endedWithoutError(attempt) : attempt.error();
        return error.errorClass().equals("TRIGGER_EXPIRED")
                ? run.expired(attempt.attempt(), error, attempt.finishedAt())
                : run.givenUp(attempt.attempt(), error, attempt.finishedAt());
    }

    private static RunError endedWithoutError(AttemptState attempt) {
        return new RunError(
                attempt.kind().name(),
                false,
                "The worker reported " + attempt.kind() + " without an error.",
                "See the log of the worker.");
    }

    private void publishGivenUp(SqlQueries transaction, JobRun run, AttemptState attempt) {
        outbox.addLifecycleEvent(
                transaction,
                LifecycleEvent.of(
                                run.runId(),
                                run.job(),
                                attempt.attempt(),
                                attempt.lastSequence() + 1,
                                LifecycleEventType.RUN_FAILED,
                                clock.instant(),
                                service.process())
                        .withClaim(attempt.fence(), attempt.startedAt())
                        .withReport(attempt.counts(), Map.of(), attempt.logTail())
                        .withError(run.state().error()),
                run.traceparent());
    }
}
