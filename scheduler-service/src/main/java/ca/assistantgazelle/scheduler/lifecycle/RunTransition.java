package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleKind;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Applies a verdict to a run and publishes an event when the run is given up. */
@Singleton
class RunTransition {
  private static final Logger LOG = Logger.getLogger(RunTransition.class);

  private final Outbox outbox;
  private final JobCatalogue catalogue;
  private final ServiceIdentity service;
  private final Clock clock;

  RunTransition(Outbox outbox, JobCatalogue catalogue, ServiceIdentity service, Clock clock) {
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
  Optional<JobRun> apply(
      SqlQueries transaction, JobRun run, Instant acceptedAt, List<AttemptState> attempts) {
    var job = catalogue.find(run.job()).orElseThrow();
    var verdict = RunVerdict.of(run, attempts, job.retryDelay());
    var started =
        attempts.stream()
            .map(AttemptState::startedAt)
            .min(Comparator.naturalOrder())
            .orElse(run.startedAt());
    var accepted = run.acceptedAt() == null ? acceptedAt : run.acceptedAt();
    var after = nextState(run, verdict, accepted, started);
    if (after.equals(run)) {
      return Optional.empty();
    }
    if (verdict instanceof RunVerdict.GivenUp givenUp && run.isOpen()) {
      publishGivenUp(transaction, run, givenUp.attempt());
    }
    if (after.status() != run.status()) {
      LOG.debugf(
          "run %s job %s: %s → %s",
          run.runId(), run.job(), run.status().value(), after.status().value());
    }
    return Optional.of(after);
  }

  private static JobRun nextState(
      JobRun run, RunVerdict verdict, Instant accepted, Instant started) {
    return switch (verdict) {
      case RunVerdict.StillOpen open ->
          run.withVerdict(
              run.isOpen() ? open.status() : run.status(),
              run.disposition(),
              run.reason(),
              run.attempt(),
              accepted,
              started,
              run.finishedAt(),
              run.nextAttemptAt(),
              run.error());
      case RunVerdict.RunSucceeded done ->
          run.withVerdict(
              RunStatus.SUCCESS,
              "RAN",
              planReason(run),
              done.attempt().attempt(),
              accepted,
              started,
              done.attempt().finishedAt(),
              null,
              null);
      case RunVerdict.RetryLater later ->
          run.withVerdict(
              RunStatus.WAITING_RETRY,
              run.disposition(),
              planReasonPrefix(run)
                  + "attempt "
                  + later.failed().attempt()
                  + " ended "
                  + later.failed().kind()
                  + "; the next one starts at "
                  + later.at().truncatedTo(ChronoUnit.SECONDS),
              run.attempt(),
              accepted,
              started,
              null,
              later.at(),
              later.failed().error());
      case RunVerdict.RunCancelled cancelled ->
          run.withVerdict(
              RunStatus.CANCELLED,
              "RAN",
              run.cancelRequestedBy() == null
                  ? "cancelled"
                  : "cancelled by " + run.cancelRequestedBy(),
              run.attempt(),
              accepted,
              started,
              cancelled.attempt().finishedAt(),
              null,
              cancelled.attempt().error());
      case RunVerdict.GivenUp givenUp -> givenUpState(run, givenUp.attempt(), accepted, started);
    };
  }

  private static JobRun givenUpState(
      JobRun run, AttemptState attempt, Instant accepted, Instant started) {
    boolean expired =
        attempt.error() != null && attempt.error().errorClass().equals("TRIGGER_EXPIRED");
    var reason =
        attempt.error() == null
            ? attempt.kind().name()
            : attempt.error().errorClass() + ": " + attempt.error().message();
    return run.withVerdict(
        RunStatus.ERROR,
        expired ? "EXPIRED" : "RAN",
        // A repeated event changes nothing.
        run.reason() != null && run.reason().endsWith(reason)
            ? run.reason()
            : planReasonPrefix(run) + reason,
        attempt.attempt(),
        accepted,
        started,
        attempt.finishedAt(),
        null,
        attempt.error());
  }

  /** The planner's part of the reason, without the parts about attempts; null if there is none. */
  private static String planReason(JobRun run) {
    if (run.reason() == null) {
      return null;
    }
    var kept =
        Stream.of(run.reason().split("; "))
            .filter(part -> !part.startsWith("attempt ") && !part.startsWith("the next one starts"))
            .filter(part -> !part.startsWith("cancelled by "))
            .collect(Collectors.joining("; "));
    return kept.isEmpty() ? null : kept;
  }

  private static String planReasonPrefix(JobRun run) {
    var reason = run.isOpen() ? planReason(run) : null;
    return reason == null ? "" : reason + "; ";
  }

  private void publishGivenUp(SqlQueries transaction, JobRun run, AttemptState attempt) {
    var event =
        new LifecycleEvent(
            run.runId(),
            run.job(),
            attempt.attempt(),
            attempt.lastSequence() + 1,
            LifecycleKind.RUN_FAILED,
            clock.instant(),
            service.process(),
            attempt.fence(),
            attempt.startedAt(),
            attempt.counts(),
            Map.of(),
            attempt.error(),
            attempt.logTail());
    outbox.addLifecycleEvent(transaction, event, run.traceparent());
  }
}
