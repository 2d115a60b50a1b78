package ca.assistantgazelle.collector;

import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * What becomes of a run, given what is known of its attempts. Only {@code success} is final; only
 * this decides on a further attempt.
 */
sealed interface Verdict {
  /** It goes on as it is. */
  record Open(RunStatus status) implements Verdict {}

  /** All of it was done. */
  record Done(AttemptState attempt) implements Verdict {}

  /** The attempt ended in a way that may pass, and attempts remain: the next one has its time. */
  record Later(AttemptState failed, Instant at) implements Verdict {}

  /** Somebody stopped it. */
  record Cancelled(AttemptState attempt) implements Verdict {}

  /** No further attempt. */
  record GivenUp(AttemptState attempt) implements Verdict {}

  /**
   * Source: design §5, "the delay counts from the end of the failed attempt; a LOST attempt counts
   * and is restarted at once where attempts remain".
   *
   * @param retryDelay of the run's job
   */
  static Verdict of(Run run, Collection<AttemptState> attempts, Duration retryDelay) {
    var success =
        attempts.stream().filter(attempt -> attempt.kind() == LifecycleKind.SUCCEEDED).findFirst();
    if (success.isPresent()) {
      return new Done(success.get());
    }
    var latest =
        attempts.stream()
            .max(
                Comparator.comparingInt(AttemptState::attempt)
                    .thenComparingLong(AttemptState::fence));
    if (latest.isEmpty() || latest.get().attempt() < run.attempt()) {
      return new Open(RunStatus.QUEUED);
    }
    var attempt = latest.get();
    return switch (attempt.kind()) {
      case STARTED, PROGRESS -> new Open(RunStatus.RUNNING);
      case INTERRUPTED -> new Open(RunStatus.QUEUED);
      case CANCELLED -> new Cancelled(attempt);
      case LOST, FAILED, TIMED_OUT -> ended(run, attempt, retryDelay);
      case ACCEPTED, SUCCEEDED, RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED, UNKNOWN ->
          new Open(run.status());
    };
  }

  private static Verdict ended(Run run, AttemptState attempt, Duration retryDelay) {
    if (run.cancelRequestedBy() != null) {
      return new Cancelled(attempt);
    }
    boolean mayPass = attempt.error() == null || attempt.error().retryable();
    if (!mayPass || attempt.attempt() >= run.maxAttempts()) {
      return new GivenUp(attempt);
    }
    var delay = attempt.kind() == LifecycleKind.LOST ? Duration.ZERO : retryDelay;
    return new Later(attempt, attempt.finishedAt().plus(delay));
  }
}
