package ca.assistantgazelle.collector;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.ledger.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.UUID;

/** A try as a row of scheduler_logs, in the seed's columns and words. */
record LogRow(UUID id, AttemptState attempt, Run run) {
  static LogRow of(Run run, AttemptState attempt) {
    return new LogRow(attempt.logId(), attempt, run);
  }

  /** Source: design §4, "Words in scheduler_logs". */
  String status() {
    return !attempt.hasEnded()
        ? "running"
        : attempt.kind() == LifecycleKind.SUCCEEDED ? "success" : "error";
  }

  /** Null unless it ended badly; then the word of the ending comes first. */
  String errorMessage() {
    if (!status().equals("error")) {
      return null;
    }
    return attempt.error() == null
        ? attempt.kind().name()
        : attempt.kind() + ": " + attempt.error().message();
  }

  /** Null while it runs. */
  Integer durationSeconds() {
    return attempt.finishedAt() == null
        ? null
        : (int)
            Math.max(0, Duration.between(attempt.startedAt(), attempt.finishedAt()).toSeconds());
  }

  String details() {
    var details = new LinkedHashMap<String, Object>();
    details.put("run_id", run.runId());
    details.put("attempt", attempt.attempt());
    details.put("kind", run.cause().name().toLowerCase(Locale.ROOT));
    details.put("worker", attempt.worker());
    details.put("parameters", run.parameters());
    details.put("counts", attempt.counts());
    if (attempt.error() != null) {
      details.put("error", attempt.error());
    }
    attempt.details().forEach(details::putIfAbsent);
    return EventJson.write(details);
  }
}
