package ca.assistantgazelle.request;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.InvalidParameterException;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.monitoring.KnownJobs;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code POST /api/scheduler/run/{job_name}}: a run by hand. */
@Path("/api/scheduler/run")
public class RunResource {
  private final ManualRuns runs;
  private final KnownJobs jobs;

  RunResource(ManualRuns runs, JobCatalogue catalogue) {
    this.runs = runs;
    this.jobs = new KnownJobs(catalogue);
  }

  /** What the caller gets back at once: the run goes on without him. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Accepted(UUID runId, String jobName, String status, String href) {}

  /** What a dry run answers: the same refusals, and nothing opened. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record DryRun(boolean dryRun, String jobName, Map<String, Object> parameters) {}

  @POST
  @Path("{job_name}")
  @RolesAllowed(Role.OPERATOR)
  @RunOnVirtualThread
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public Response run(
      @PathParam("job_name") String jobName,
      @QueryParam("dry_run") String dryRun,
      @HeaderParam("Content-Type") String contentType,
      @Context SecurityContext caller,
      @Context UriInfo uri,
      String body) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    var job = jobs.require(jobName);
    var parameters = RunRequestBody.parse(contentType, body);
    try {
      job.check(parameters);
    } catch (InvalidParameterException e) {
      throw new ProblemException(
          Problem.of(400, "Bad Request", e.getMessage()).with("parameter", e.parameter()));
    }
    if (QueryParameters.flag("dry_run", dryRun)) {
      runs.openRun(job)
          .ifPresent(
              open -> {
                throw new ProblemException(alreadyOpen(jobName, open));
              });
      return Response.ok(new DryRun(true, jobName, parameters)).build();
    }
    return switch (runs.request(job, parameters, caller.getUserPrincipal().getName())) {
      case ManualRuns.Answer.Opened opened -> accepted(jobName, opened.runId());
      case ManualRuns.Answer.AlreadyOpen open ->
          throw new ProblemException(alreadyOpen(jobName, open.run()));
    };
  }

  private static Response accepted(String jobName, UUID runId) {
    var href = "/api/scheduler/runs/" + runId;
    return Response.accepted(new Accepted(runId, jobName, RunStatus.QUEUED.word(), href))
        .header("Location", href)
        .build();
  }

  private static Problem alreadyOpen(String jobName, Run open) {
    return Problem.of(
            409,
            "Conflict",
            "Job "
                + jobName
                + " has a run that is "
                + open.status().word()
                + "; wait for it to end.")
        .with("running_run_id", open.runId())
        .with("href", "/api/scheduler/runs/" + open.runId());
  }
}
