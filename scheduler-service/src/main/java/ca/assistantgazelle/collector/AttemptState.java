package ca.assistantgazelle.collector;

import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of one try of a run. Folding events into it gives the same result in any order and
 * however often each arrives: the highest sequence speaks, and an ending is never undone by what
 * came before it.
 *
 * @param kind of the event that speaks
 * @param finishedAt null while it runs
 */
record AttemptState(
    UUID runId,
    int attempt,
    long fence,
    String worker,
    LifecycleKind kind,
    Instant startedAt,
    Instant finishedAt,
    int lastSequence,
    Map<String, Map<String, Long>> counts,
    Map<String, Object> details,
    RunError error,
    List<String> logTail) {
  /** Identity of a try: an attempt that was handed over has two tries of the same number. */
  record Key(UUID runId, int attempt, long fence) {
    static Key of(LifecycleEvent event) {
      return new Key(event.runId(), event.attempt(), event.fence());
    }
  }

  /** Whether the event says anything about a try; acceptance and news of whole runs do not. */
  static boolean concerns(LifecycleEvent event) {
    return event.event().endsAttempt()
        || event.event() == LifecycleKind.STARTED
        || event.event() == LifecycleKind.PROGRESS;
  }

  static AttemptState first(LifecycleEvent event) {
    return new AttemptState(
        event.runId(),
        event.attempt(),
        event.fence(),
        event.worker(),
        event.event(),
        started(event),
        event.event().endsAttempt() ? event.at() : null,
        event.sequence(),
        event.counts(),
        event.details(),
        event.error(),
        event.logTail());
  }

  AttemptState fold(LifecycleEvent event) {
    var earliest = started(event).isBefore(startedAt) ? started(event) : startedAt;
    boolean speaks =
        event.event().endsAttempt()
            ? !hasEnded() || event.sequence() < lastSequence
            : !hasEnded() && event.sequence() > lastSequence;
    if (!speaks) {
      return earliest.equals(startedAt) ? this : withStart(earliest);
    }
    var next = first(event).withStart(earliest);
    return event.event() == LifecycleKind.LOST ? next.withKnowledgeOf(this) : next;
  }

  boolean hasEnded() {
    return kind.endsAttempt();
  }

  Key key() {
    return new Key(runId, attempt, fence);
  }

  /** Id of its row in scheduler_logs: always the same, so that writing it again is an update. */
  UUID logId() {
    return UUID.nameUUIDFromBytes(
        (runId + ":" + attempt + ":" + fence).getBytes(StandardCharsets.UTF_8));
  }

  private AttemptState withStart(Instant start) {
    return new AttemptState(
        runId,
        attempt,
        fence,
        worker,
        kind,
        start,
        finishedAt,
        lastSequence,
        counts,
        details,
        error,
        logTail);
  }

  // Whoever declares an attempt lost knows nothing of it; what it last said of itself stays.
  private AttemptState withKnowledgeOf(AttemptState before) {
    return new AttemptState(
        runId,
        attempt,
        fence,
        before.worker,
        kind,
        startedAt,
        finishedAt,
        lastSequence,
        before.counts,
        before.details,
        error,
        before.logTail);
  }

  private static Instant started(LifecycleEvent event) {
    return event.startedAt() == null ? event.at() : event.startedAt();
  }
}
