package ca.assistantgazelle.workshop;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.redaction.Redaction;
import ca.assistantgazelle.sql.Patience;
import java.time.Duration;

/** Names a failure for whoever reads the run. */
public final class Failures {
  private Failures() {}

  /**
   * @param stopped why the attempt was told to stop; null when it was not
   */
  static RunError error(Throwable e, StopReason stopped, Duration hardLimit) {
    if (stopped == StopReason.SHUTDOWN) {
      return new RunError(
          "WORKER_STOPPED",
          true,
          "The worker stopped before the job was done; another one goes on.",
          null);
    }
    if (stopped == StopReason.TIME_LIMIT) {
      return new RunError(
          "TIME_LIMIT",
          true,
          "The attempt lasted longer than " + hardLimit + " and was cut.",
          "Look at its progress and log; raise hard_limit in jobs.yaml if it was still working.");
    }
    if (stopped == StopReason.CANCELLED) {
      return new RunError("CANCELLED", false, "The attempt was cancelled while it ran.", null);
    }
    if (e instanceof JobFailedException known) {
      return known.error();
    }
    return unforeseen(e);
  }

  /** For what a job's code does not know by name. */
  public static RunError unforeseen(Throwable e) {
    if (Patience.isAway(e)) {
      return new RunError(
          "DATABASE_UNAVAILABLE",
          true,
          "The database did not answer: " + Redaction.redact(Patience.reason(e)),
          "See that PostgreSQL runs and that PGHOST, PGPORT and PGUSER are right.");
    }
    return new RunError(
        "UNEXPECTED",
        true,
        Redaction.redact(Patience.reason(e)),
        "This is a defect: report it with the run's id and its log.");
  }
}
