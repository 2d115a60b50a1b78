package ca.assistantgazelle.collector;

import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Queries;
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

/**
 * Carries a verdict out: the run's row, the next attempt's trigger, the news that a run was given
 * up.
 */
@Singleton
class Consequences {
  private static final Logger LOG = Logger.getLogger(Consequences.class);

  private final Outbox outbox;
  private final JobCatalogue catalogue;
  private final ServiceName service;
  private final Clock clock;

  Consequences(Outbox outbox, JobCatalogue catalogue, ServiceName service, Clock clock) {
    this.outbox = outbox;
    this.catalogue = catalogue;
    this.service = service;
    this.clock = clock;
  }

  /**
   * Publishes what follows; the run's row is the caller's to store, with those of other runs.
   *
   * @param acceptedAt from the events just entered; null when they do not say
   * @return the run as it is now; empty when nothing changed
   */
  Optional<Run> apply(
      Queries transaction, Run run, Instant acceptedAt, List<AttemptState> attempts) {
    var job = catalogue.find(run.job()).orElseThrow();
    var verdict = Verdict.of(run, attempts, job.retryDelay());
    var started =
        attempts.stream()
            .map(AttemptState::startedAt)
            .min(Comparator.naturalOrder())
            .orElse(run.startedAt());
    var accepted = run.acceptedAt() == null ? acceptedAt : run.acceptedAt();
    var after = after(run, verdict, accepted, started);
    if (after.equals(run)) {
      return Optional.empty();
    }
    if (verdict instanceof Verdict.GivenUp givenUp && run.isOpen()) {
      tellGivenUp(transaction, run, givenUp.attempt());
    }
    if (after.status() != run.status()) {
      LOG.debugf(
          "run %s job %s: %s → %s",
          run.runId(), run.job(), run.status().word(), after.status().word());
    }
    return Optional.of(after);
  }

  private static Run after(Run run, Verdict verdict, Instant accepted, Instant started) {
    return switch (verdict) {
      case Verdict.Open open ->
          run.judged(
              run.isOpen() ? open.status() : run.status(),
              run.disposition(),
              run.reason(),
              run.attempt(),
              accepted,
              started,
              run.finishedAt(),
              run.nextAttemptAt(),
              run.error());
      case Verdict.Done done ->
          run.judged(
              RunStatus.SUCCESS,
              "RAN",
              reasonOfPlan(run),
              done.attempt().attempt(),
              accepted,
              started,
              done.attempt().finishedAt(),
              null,
              null);
      case Verdict.Later later ->
          run.judged(
              RunStatus.WAITING_RETRY,
              run.disposition(),
              planned(run)
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
      case Verdict.Cancelled cancelled ->
          run.judged(
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
      case Verdict.GivenUp givenUp -> givenUp(run, givenUp.attempt(), accepted, started);
    };
  }

  private static Run givenUp(Run run, AttemptState attempt, Instant accepted, Instant started) {
    boolean expired =
        attempt.error() != null && attempt.error().errorClass().equals("TRIGGER_EXPIRED");
    var reason =
        attempt.error() == null
            ? attempt.kind().name()
            : attempt.error().errorClass() + ": " + attempt.error().message();
    return run.judged(
        RunStatus.ERROR,
        expired ? "EXPIRED" : "RAN",
        // News that comes again changes nothing.
        run.reason() != null && run.reason().endsWith(reason)
            ? run.reason()
            : planned(run) + reason,
        attempt.attempt(),
        accepted,
        started,
        attempt.finishedAt(),
        null,
        attempt.error());
  }

  /** What the plan said about the run, without what was said of its attempts; null for nothing. */
  private static String reasonOfPlan(Run run) {
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

  private static String planned(Run run) {
    var reason = run.isOpen() ? reasonOfPlan(run) : null;
    return reason == null ? "" : reason + "; ";
  }

  private void tellGivenUp(Queries transaction, Run run, AttemptState attempt) {
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
    outbox.lifecycle(transaction, event, run.traceparent());
  }
}
