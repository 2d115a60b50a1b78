package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** What a job has access to during one attempt. */
public interface JobContext {
    TriggerEvent trigger();

    /** Start of the attempt, by the database's clock. */
    Instant startedAt();

    RunLog log();

    /**
     * Runs the work in one transaction that commits only while the attempt belongs to this worker.
     *
     * @throws ca.assistantgazelle.worker.inbox.StaleFenceException if the attempt was taken over
     */
    <T> T write(Function<SqlQueries, T> work);

    /** Read access, without a fence check. */
    SqlQueries read();

    /** Publishes the progress of the job, at most once a second; calls in between are ignored. */
    void reportProgress(Map<String, Map<String, Long>> counts, Map<String, Object> details);
}
