package ca.assistantgazelle.report.publication;

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

/** Runs the report job as the worker does. */
@Singleton
class ReportJobRunner {
    private final TimelineReportJob job;
    private final Database database;
    private final Clock clock;

    ReportJobRunner(TimelineReportJob job, Database database, Clock clock) {
        this.job = job;
        this.database = database;
        this.clock = clock;
    }

    JobResult append() throws JobFailedException, InterruptedException {
        return run(Map.of());
    }

    JobResult fullRefresh() throws JobFailedException, InterruptedException {
        return run(Map.of("full_refresh", true));
    }

    JobResult force() throws JobFailedException, InterruptedException {
        return run(Map.of("force", true));
    }

    private JobResult run(Map<String, Object> parameters) throws JobFailedException, InterruptedException {
        var now = clock.instant();
        var trigger = new TriggerEvent(
                UUID.randomUUID(),
                "timeline_report_daily",
                1,
                RunCause.MANUAL,
                null,
                null,
                now,
                null,
                parameters,
                null,
                null);
        return job.run(new TestJobContext(trigger, now, database));
    }
}
