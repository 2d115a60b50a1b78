package ca.assistantgazelle.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * News of an attempt or of a run. Topic {@code jobs.lifecycle.v1}, key = run id. Order and
 * duplicates do not matter to readers: {@code sequence} orders the events of one attempt.
 *
 * @param runId never null
 * @param job never null
 * @param attempt numbered from 1
 * @param sequence position within the attempt, from 1
 * @param event what happened, never null
 * @param at when, by the publisher's clock, never null
 * @param worker name of the process that did it; may be null
 * @param fence the token under which the attempt ran; 0 before it was claimed
 * @param startedAt when the attempt entered the job's code; null before that
 * @param counts per entity, per verb ({@code fetched}, {@code inserted} …), never null
 * @param details whatever else the job reports, never null
 * @param error set when the attempt did not succeed, else null
 * @param logTail last lines of the attempt's log, redacted, never null
 */
public record LifecycleEvent(
    UUID runId,
    String job,
    int attempt,
    int sequence,
    LifecycleKind event,
    Instant at,
    String worker,
    long fence,
    Instant startedAt,
    Map<String, Map<String, Long>> counts,
    Map<String, Object> details,
    RunError error,
    List<String> logTail) {
  public static final String TYPE = "ca.assistantgazelle.lifecycle.v1";

  public LifecycleEvent {
    Required.value(runId, "runId");
    Required.text(job, "job");
    Required.atLeast(1, attempt, "attempt");
    Required.atLeast(1, sequence, "sequence");
    Required.value(event, "event");
    Required.value(at, "at");
    counts = counts == null ? Map.of() : Map.copyOf(counts);
    details = details == null ? Map.of() : details;
    logTail = logTail == null ? List.of() : List.copyOf(logTail);
  }

  /** CloudEvents id: unique per emission meaning, the same however often it is published. */
  public String eventId() {
    return runId + ":" + attempt + ":" + sequence;
  }
}
