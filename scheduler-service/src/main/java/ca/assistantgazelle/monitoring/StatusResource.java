package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.RunQuery;
import ca.assistantgazelle.settings.SchedulerConfig;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.zone.ZoneRulesProvider;
import java.util.List;

/** {@code GET /api/scheduler/status}: where every job stands. */
@Path("/api/scheduler/status")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  private final JobCatalogue catalogue;
  private final SchedulerConfig config;
  private final RunQuery runs;
  private final Clock clock;

  StatusResource(JobCatalogue catalogue, SchedulerConfig config, RunQuery runs, Clock clock) {
    this.catalogue = catalogue;
    this.config = config;
    this.runs = runs;
    this.clock = clock;
  }

  /** The whole system. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Status(
      boolean enabled,
      String environment,
      String zone,
      String tzdbVersion,
      Instant now,
      List<JobStatus> jobs) {}

  /**
   * One job.
   *
   * @param nextRunAt null as long as nothing is planned
   * @param running the open run, or null
   * @param lastRun the newest run, open or not; null when there was none
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record JobStatus(
      String jobName,
      String label,
      List<String> schedule,
      boolean paused,
      Instant nextRunAt,
      RunView running,
      RunView lastRun,
      Instant lastSuccessAt,
      boolean overdue) {}

  @GET
  public Status status() {
    return new Status(
        config.enabled() && catalogue.environment() != Environment.LOCAL,
        catalogue.environment().word(),
        catalogue.zone().getId(),
        ZoneRulesProvider.getVersions(catalogue.zone().getId()).lastKey(),
        clock.instant(),
        catalogue.jobs().stream().map(this::status).toList());
  }

  private JobStatus status(Job job) {
    var newest = runs.list(job.id(), null, null, null, 1).stream().findFirst();
    return new JobStatus(
        job.id(),
        job.label(),
        job.schedule(),
        false,
        null,
        runs.openRun(job.id()).map(RunView::summary).orElse(null),
        newest.map(RunView::summary).orElse(null),
        runs.lastSuccess(job.id()).orElse(null),
        false);
  }
}
