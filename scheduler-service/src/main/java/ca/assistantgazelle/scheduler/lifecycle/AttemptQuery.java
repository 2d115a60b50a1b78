package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the attempts of a run for the API. */
@Singleton
public class AttemptQuery {
    private final Database database;
    private final AttemptStore store;

    AttemptQuery(Database database, AttemptStore store) {
        this.database = database;
        this.store = store;
    }

    /** One attempt. */
    public record AttemptDetails(
            int attempt,
            LifecycleEventType kind,
            String worker,
            Instant startedAt,
            Instant finishedAt,
            Map<String, Map<String, Long>> counts,
            Map<String, Object> details,
            RunError error,
            List<String> logTail) {}

    /** Oldest first. */
    public List<AttemptDetails> findByRun(UUID runId) {
        return store.findByRuns(database, List.of(runId)).stream()
                .map(state -> new AttemptDetails(
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
