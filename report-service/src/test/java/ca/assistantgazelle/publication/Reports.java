package ca.assistantgazelle.publication;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.testing.UnleasedBench;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Runs the report as the worker does. */
@Singleton
class Reports {
  private final TimelineReportJob job;
  private final Database database;
  private final Clock clock;

  Reports(TimelineReportJob job, Database database, Clock clock) {
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

  private JobResult run(Map<String, Object> parameters)
      throws JobFailedException, InterruptedException {
    var now = clock.instant();
    var trigger =
        new Trigger(
            UUID.randomUUID(),
            "timeline_report_daily",
            1,
            Cause.MANUAL,
            null,
            null,
            now,
            null,
            parameters,
            null,
            null);
    return job.run(new UnleasedBench(trigger, now, database));
  }
}
