package ca.assistantgazelle.request;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.monitoring.KnownJobs;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.planning.CatchUp;
import ca.assistantgazelle.planning.Pauses;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** {@code POST /api/scheduler/jobs/{job_name}/pause} and {@code /resume}. */
@Path("/api/scheduler/jobs/{job_name}")
@RolesAllowed(Role.OPERATOR)
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
  private static final int LONGEST_REASON = 500;

  private final Pauses pauses;
  private final KnownJobs jobs;
  private final JobCatalogue catalogue;
  private final Clock clock;

  JobResource(Pauses pauses, JobCatalogue catalogue, Clock clock) {
    this.pauses = pauses;
    this.jobs = new KnownJobs(catalogue);
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Where the job stands after the call; with {@code dry_run}, where it would stand. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Standing(
      String jobName,
      boolean paused,
      Instant pausedAt,
      Instant until,
      String pausedBy,
      String reason,
      String catchUp,
      Integer caughtUp,
      Boolean dryRun) {}

  @POST
  @Path("pause")
  public Standing pause(
      @PathParam("job_name") String jobName,
      @QueryParam("dry_run") String dryRun,
      @HeaderParam("Content-Type") String contentType,
      @Context SecurityContext caller,
      @Context UriInfo uri,
      String body) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    var job = jobs.require(jobName);
    var wanted = RunRequestBody.parse(contentType, body);
    BodyFields.requireKnown(wanted, Set.of("reason", "until"));
    var reason = BodyFields.text(wanted, "reason", LONGEST_REASON);
    var until = QueryParameters.instant("until", text(wanted, "until"), catalogue.zone());
    if (until != null && !until.isAfter(clock.instant())) {
      throw QueryParameters.refused("until", "in the future");
    }
    if (QueryParameters.flag("dry_run", dryRun)) {
      requirePaused(job, false);
      return new Standing(jobName, true, null, until, null, reason, null, null, true);
    }
    var standing =
        pauses
            .pause(job, caller.getUserPrincipal().getName(), reason, until)
            .orElseThrow(() -> conflict("Job " + jobName + " is paused already."));
    return new Standing(
        jobName,
        true,
        standing.since(),
        standing.until(),
        standing.by(),
        standing.reason(),
        null,
        null,
        null);
  }

  @POST
  @Path("resume")
  public Standing resume(
      @PathParam("job_name") String jobName,
      @QueryParam("dry_run") String dryRun,
      @HeaderParam("Content-Type") String contentType,
      @Context SecurityContext caller,
      @Context UriInfo uri,
      String body) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    var job = jobs.require(jobName);
    var wanted = RunRequestBody.parse(contentType, body);
    BodyFields.requireKnown(wanted, Set.of("catch_up"));
    var word = text(wanted, "catch_up");
    var catchUp =
        word == null
            ? CatchUp.NONE
            : CatchUp.of(word)
                .orElseThrow(() -> QueryParameters.refused("catch_up", "none, last or all"));
    if (QueryParameters.flag("dry_run", dryRun)) {
      requirePaused(job, true);
      return new Standing(jobName, false, null, null, null, null, catchUp.word(), null, true);
    }
    int caughtUp =
        pauses
            .resume(job, caller.getUserPrincipal().getName(), catchUp)
            .orElseThrow(() -> notPaused(job));
    return new Standing(jobName, false, null, null, null, null, catchUp.word(), caughtUp, null);
  }

  private void requirePaused(Job job, boolean expected) {
    boolean paused = pauses.inForce().containsKey(job.id());
    if (paused != expected) {
      throw expected ? notPaused(job) : conflict("Job " + job.id() + " is paused already.");
    }
  }

  private static ProblemException notPaused(Job job) {
    return conflict("Job " + job.id() + " is not paused, so there is nothing to resume.");
  }

  private static ProblemException conflict(String detail) {
    return new ProblemException(Problem.of(409, "Conflict", detail));
  }

  private static String text(Map<String, Object> body, String field) {
    var value = body.get(field);
    if (value != null && !(value instanceof String)) {
      throw QueryParameters.refused(field, "a text");
    }
    return (String) value;
  }
}
