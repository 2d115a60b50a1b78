package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunQuery;
import ca.assistantgazelle.planning.Clockwork;
import ca.assistantgazelle.planning.Pauses;
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
import java.util.List;
import java.util.Map;

/** {@code GET /api/scheduler/status}: where every job stands. */
@Path("/api/scheduler/status")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  private final JobCatalogue catalogue;
  private final RunQuery runs;
  private final Pauses pauses;
  private final Clockwork clockwork;
  private final TzdbAge tzdb;
  private final Clock clock;

  StatusResource(
      JobCatalogue catalogue,
      RunQuery runs,
      Pauses pauses,
      Clockwork clockwork,
      TzdbAge tzdb,
      Clock clock) {
    this.catalogue = catalogue;
    this.runs = runs;
    this.pauses = pauses;
    this.clockwork = clockwork;
    this.tzdb = tzdb;
    this.clock = clock;
  }

  /**
   * The whole system.
   *
   * @param warnings what somebody should look at, in sentences
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Status(
      boolean enabled,
      String environment,
      String zone,
      String tzdbVersion,
      boolean tzdbStale,
      List<String> warnings,
      Instant now,
      List<JobStatus> jobs) {}

  /**
   * One job.
   *
   * @param pause what the pause is about; null when the job is not paused
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
      Pauses.Standing pause,
      Instant nextRunAt,
      RunView running,
      RunView lastRun,
      Instant lastSuccessAt,
      boolean overdue) {}

  @GET
  public Status status() {
    var names = catalogue.ids();
    var open = runs.open(names);
    var newest = runs.newest(names);
    var successes = runs.lastSuccesses(names);
    var paused = pauses.inForce();
    var next = clockwork.plans() ? pauses.nextFires() : Map.<String, Instant>of();
    var overdue = runs.overdue();
    return new Status(
        clockwork.plans(),
        catalogue.environment().word(),
        catalogue.zone().getId(),
        tzdb.version(),
        tzdb.isStale(),
        tzdb.isStale() ? List.of(tzdb.warning()) : List.of(),
        clock.instant(),
        catalogue.jobs().stream()
            .map(
                job ->
                    new JobStatus(
                        job.id(),
                        job.label(),
                        job.schedule(),
                        paused.containsKey(job.id()),
                        paused.get(job.id()),
                        next.get(job.id()),
                        view(open.get(job.id())),
                        view(newest.get(job.id())),
                        successes.get(job.id()),
                        overdue.contains(job.id())))
            .toList());
  }

  private static RunView view(Run run) {
    return run == null ? null : RunView.summary(run);
  }
}
