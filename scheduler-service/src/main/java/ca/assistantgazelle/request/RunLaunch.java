package ca.assistantgazelle.request;

import ca.assistantgazelle.catalogue.InvalidParameterException;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.monitoring.KnownJobs;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Opens runs for the endpoints that ask for one, and answers for them. */
@Singleton
public class RunLaunch {
  private final ManualRuns runs;
  private final KnownJobs jobs;

  RunLaunch(ManualRuns runs, JobCatalogue catalogue) {
    this.runs = runs;
    this.jobs = new KnownJobs(catalogue);
  }

  /** What the caller gets back at once: the run goes on without him. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Accepted(UUID runId, String jobName, String status, String href) {}

  /** What a dry run answers: the same refusals, and nothing opened. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record DryRun(boolean dryRun, String jobName, Map<String, Object> parameters) {}

  /**
   * @param caller name of the caller's token
   * @throws ProblemException 404 unknown job, 400 parameters, 409 it runs already
   */
  public UUID open(String jobName, Map<String, Object> parameters, String caller) {
    var job = checked(jobName, parameters);
    return switch (runs.request(job, parameters, caller)) {
      case ManualRuns.Answer.Opened opened -> opened.runId();
      case ManualRuns.Answer.AlreadyOpen open ->
          throw new ProblemException(alreadyOpen(jobName, open.run()));
    };
  }

  /**
   * A run by hand as a request describes it.
   *
   * @param dryRun the query parameter; null = it is meant
   * @param body the job's parameters, JSON; may be empty
   * @throws ProblemException as {@link #open} says, and 400 or 415 for the request itself
   */
  Response byHand(
      String jobName,
      String dryRun,
      String contentType,
      SecurityContext caller,
      UriInfo uri,
      String body) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    jobs.require(jobName);
    var parameters = RunRequestBody.parse(contentType, body);
    return QueryParameters.flag("dry_run", dryRun)
        ? dryRun(jobName, parameters)
        : accepted(jobName, open(jobName, parameters, caller.getUserPrincipal().getName()));
  }

  /** Like {@link #open}, but nothing is opened. */
  public Response dryRun(String jobName, Map<String, Object> parameters) {
    runs.openRun(checked(jobName, parameters))
        .ifPresent(
            open -> {
              throw new ProblemException(alreadyOpen(jobName, open));
            });
    return Response.ok(new DryRun(true, jobName, parameters)).build();
  }

  /** The answer for a run that was opened. */
  public static Response accepted(String jobName, UUID runId) {
    return Response.accepted(new Accepted(runId, jobName, RunStatus.QUEUED.word(), href(runId)))
        .header("Location", href(runId))
        .build();
  }

  /** Where the run can be looked at. */
  public static String href(UUID runId) {
    return "/api/scheduler/runs/" + runId;
  }

  private Job checked(String jobName, Map<String, Object> parameters) {
    var job = jobs.require(jobName);
    try {
      job.check(parameters);
    } catch (InvalidParameterException e) {
      throw new ProblemException(
          Problem.of(400, "Bad Request", e.getMessage()).with("parameter", e.parameter()));
    }
    return job;
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
        .with("href", href(open.runId()));
  }
}
