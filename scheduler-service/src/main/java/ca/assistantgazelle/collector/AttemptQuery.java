package ca.assistantgazelle.collector;

import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the tries of a run for people. */
@Singleton
public class AttemptQuery {
  private final Database database;
  private final AttemptStore store;

  AttemptQuery(Database database, AttemptStore store) {
    this.database = database;
    this.store = store;
  }

  /** One try. */
  public record Try(
      int attempt,
      LifecycleKind kind,
      String worker,
      Instant startedAt,
      Instant finishedAt,
      Map<String, Map<String, Long>> counts,
      Map<String, Object> details,
      RunError error,
      List<String> logTail) {}

  /** Oldest first. */
  public List<Try> of(UUID runId) {
    return store.of(database, List.of(runId)).stream()
        .map(
            state ->
                new Try(
                    state.attempt(),
                    state.kind(),
                    state.worker(),
                    state.startedAt(),
                    state.finishedAt(),
                    state.counts(),
                    state.details(),
                    state.error(),
                    state.logTail()))
        .toList();
  }
}
