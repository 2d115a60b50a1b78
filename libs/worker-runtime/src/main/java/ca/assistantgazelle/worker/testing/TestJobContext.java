package ca.assistantgazelle.worker.testing;

import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.RunLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** A job context without a lease, for tests of a job's own behaviour. */
public record TestJobContext(TriggerEvent trigger, Instant startedAt, Database database) implements JobContext {
    @Override
    public RunLog log() {
        return new RunLog(trigger.runId(), trigger.job(), trigger.attempt(), Clock.systemUTC());
    }

    @Override
    public <T> T write(Function<SqlQueries, T> work) {
        return database.inTransaction(work);
    }

    @Override
    public SqlQueries read() {
        return database;
    }

    @Override
    public void reportProgress(Map<String, Map<String, Long>> counts, Map<String, Object> details) {
        // Progress is not recorded.
    }
}
