package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.testing.TestJobContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Runs the alert jobs as the worker does. */
@Singleton
class AlertJobRunner {
    private final UnconfirmedAlertsJob job;
    private final Database database;
    private final Clock clock;

    AlertJobRunner(UnconfirmedAlertsJob job, Database database, Clock clock) {
        this.job = job;
        this.database = database;
        this.clock = clock;
    }

    JobResult shortTerm() throws JobFailedException, InterruptedException {
        return run("alertes_rv_court_terme", Map.of());
    }

    JobResult longTerm() throws JobFailedException, InterruptedException {
        return run("alertes_rv_long_terme", Map.of());
    }

    JobResult run(String name, Map<String, Object> parameters) throws JobFailedException, InterruptedException {
        var now = clock.instant();
        var trigger = new TriggerEvent(
                UUID.randomUUID(), name, 1, RunCause.MANUAL, null, null, now, null, parameters, null, null);
        database.update(
                "insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, lease_until) values ($1, 1, 'alert', $2, '{}', 'running', 1, automation.statement_time() + interval '1 minute')",
                trigger.runId(),
                name);
        try {
            return job.run(new TestJobContext(trigger, now, database));
        } finally {
            database.update("update automation.inbox set state = 'done' where run_id = $1", trigger.runId());
        }
    }
}
