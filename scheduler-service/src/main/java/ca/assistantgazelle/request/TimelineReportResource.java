package ca.assistantgazelle.request;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.collector.AttemptQuery;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunQuery;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code POST /api/reports/timeline/generate}: the report by hand, at the seed's own address. */
@Path("/api/reports/timeline/generate")
public class TimelineReportResource {
  private static final String JOB = "timeline_report_daily";
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final RunLaunch launch;
  private final RunQuery runs;
  private final AttemptQuery attempts;

  TimelineReportResource(RunLaunch launch, RunQuery runs, AttemptQuery attempts) {
    this.launch = launch;
    this.runs = runs;
    this.attempts = attempts;
  }

  /**
   * What a caller who waited gets.
   *
   * @param append false when everything was written anew
   * @param counts added, updated, removed and total rows, by tab
   * @param details unmapped entries, calls, what became of each tab
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Generated(
      UUID runId,
      String status,
      boolean append,
      Map<String, Map<String, Long>> counts,
      Map<String, Object> details,
      double durationSeconds) {}

  @POST
  @RolesAllowed(Role.OPERATOR)
  @RunOnVirtualThread
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public Response generate(
      @QueryParam("full_refresh") String fullRefresh,
      @QueryParam("wait") String wait,
      @QueryParam("force") String force,
      @QueryParam("dry_run") String dryRun,
      @Context SecurityContext caller,
      @Context UriInfo uri)
      throws InterruptedException {
    QueryParameters.requireKnown(uri, Set.of("full_refresh", "wait", "force", "dry_run"));
    var parameters = new LinkedHashMap<String, Object>();
    if (QueryParameters.flag("full_refresh", fullRefresh)) {
      parameters.put("full_refresh", true);
    }
    if (QueryParameters.flag("force", force)) {
      parameters.put("force", true);
    }
    boolean waits = QueryParameters.flag("wait", wait);
    if (QueryParameters.flag("dry_run", dryRun)) {
      return launch.dryRun(JOB, parameters);
    }
    var runId = launch.open(JOB, parameters, caller.getUserPrincipal().getName());
    return waits ? awaited(runId) : RunLaunch.accepted(JOB, runId);
  }

  private Response awaited(UUID runId) throws InterruptedException {
    for (long looks = LIMIT.dividedBy(LOOK); looks > 0; looks--) {
      var run = runs.find(runId).orElseThrow();
      if (run.status() == RunStatus.SUCCESS) {
        return Response.ok(generated(run)).build();
      }
      if (!run.isOpen() || hasFailed(runId)) {
        throw new ProblemException(failed(run));
      }
      Thread.sleep(LOOK);
    }
    return RunLaunch.accepted(JOB, runId);
  }

  // A lost attempt is repeated at once, an interrupted one goes on elsewhere; a failed one is
  // repeated in ten minutes, which nobody waits for.
  private boolean hasFailed(UUID runId) {
    return attempts.of(runId).stream()
        .map(AttemptQuery.Try::kind)
        .anyMatch(
            kind ->
                kind == LifecycleKind.FAILED
                    || kind == LifecycleKind.TIMED_OUT
                    || kind == LifecycleKind.CANCELLED);
  }

  private Generated generated(Run run) {
    var tries = attempts.of(run.runId());
    var latest = tries.getLast();
    var lasted = Duration.between(latest.startedAt(), latest.finishedAt());
    return new Generated(
        run.runId(),
        run.status().word(),
        !Boolean.TRUE.equals(run.parameters().get("full_refresh")),
        latest.counts(),
        latest.details(),
        lasted.toMillis() / 1_000.0);
  }

  private Problem failed(Run run) {
    var tries = attempts.of(run.runId());
    var error =
        tries.isEmpty() || tries.getLast().error() == null ? run.error() : tries.getLast().error();
    var detail =
        (error == null
                ? "The run is " + run.status().word() + "."
                : error.errorClass()
                    + ": "
                    + error.message()
                    + (error.suggestion() == null ? "" : " " + error.suggestion()))
            + (run.nextAttemptAt() == null
                ? ""
                : " The next attempt comes at " + run.nextAttemptAt() + ".");
    return Problem.of(500, "The report was not generated", detail)
        .with("run_id", run.runId())
        .with("href", RunLaunch.href(run.runId()))
        .with("counts", tries.isEmpty() ? Map.of() : tries.getLast().counts());
  }
}
