package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.scheduler.monitoring.JobLookup;
import ca.assistantgazelle.scheduler.planning.CatchUpMode;
import ca.assistantgazelle.scheduler.planning.JobPauseService;
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
import java.util.Map;
import java.util.Set;

/** {@code POST /api/scheduler/jobs/{job_name}/pause} and {@code /resume}. */
@Path("/api/scheduler/jobs/{job_name}")
@RolesAllowed(AccessRole.OPERATOR)
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class JobPauseResource {
    private static final int MAX_REASON_LENGTH = 500;

    private final JobPauseService pauses;
    private final JobLookup jobs;
    private final JobCatalogue catalogue;
    private final Clock clock;

    JobPauseResource(JobPauseService pauses, JobCatalogue catalogue, Clock clock) {
        this.pauses = pauses;
        this.jobs = new JobLookup(catalogue);
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @POST
    @Path("pause")
    public JobPauseState pause(
            @PathParam("job_name") String jobName,
            @QueryParam("dry_run") String dryRun,
            @HeaderParam("Content-Type") String contentType,
            @Context SecurityContext caller,
            @Context UriInfo uri,
            String body) {
        QueryParameters.requireKnown(uri, Set.of("dry_run"));
        var job = jobs.require(jobName);
        var wanted = RunRequestBody.parse(contentType, body);
        RequestBodyFields.requireKnown(wanted, Set.of("reason", "until"));
        var reason = RequestBodyFields.text(wanted, "reason", MAX_REASON_LENGTH);
        var until = QueryParameters.instant("until", text(wanted, "until"), catalogue.zone());
        if (until != null && !until.isAfter(clock.instant())) {
            throw QueryParameters.invalid("until", until, "in the future");
        }
        if (QueryParameters.flag("dry_run", dryRun)) {
            requireNotPaused(job);
            return new JobPauseState(jobName, true, null, until, null, reason, null, null, true);
        }
        var standing = pauses.pause(job, caller.getUserPrincipal().getName(), reason, until)
                .orElseThrow(() -> conflict("Job " + jobName + " is already paused."));
        return new JobPauseState(
                jobName, true, standing.since(), standing.until(), standing.by(), standing.reason(), null, null, null);
    }

    @POST
    @Path("resume")
    public JobPauseState resume(
            @PathParam("job_name") String jobName,
            @QueryParam("dry_run") String dryRun,
            @HeaderParam("Content-Type") String contentType,
            @Context SecurityContext caller,
            @Context UriInfo uri,
            String body) {
        QueryParameters.requireKnown(uri, Set.of("dry_run"));
        var job = jobs.require(jobName);
        var wanted = RunRequestBody.parse(contentType, body);
        RequestBodyFields.requireKnown(wanted, Set.of("catch_up"));
        var word = text(wanted, "catch_up");
        var catchUp = word == null
                ? CatchUpMode.NONE
                : CatchUpMode.of(word)
                        .orElseThrow(() -> QueryParameters.invalid("catch_up", word, "none, last or all"));
        if (QueryParameters.flag("dry_run", dryRun)) {
            int wouldCatchUp = pauses.previewResume(job, catchUp).orElseThrow(() -> notPaused(job));
            return new JobPauseState(jobName, false, null, null, null, null, catchUp.value(), wouldCatchUp, true);
        }
        int caughtUp =
                pauses.resume(job, caller.getUserPrincipal().getName(), catchUp).orElseThrow(() -> notPaused(job));
        return new JobPauseState(jobName, false, null, null, null, null, catchUp.value(), caughtUp, null);
    }

    private void requireNotPaused(JobDefinition job) {
        if (pauses.activePauses().containsKey(job.id())) {
            throw conflict("Job " + job.id() + " is already paused.");
        }
    }

    private static ProblemException notPaused(JobDefinition job) {
        return conflict("Job " + job.id() + " is not paused, so there is nothing to resume.");
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(HttpProblem.of(409, "Conflict", detail));
    }

    private static String text(Map<String, Object> body, String field) {
        var value = body.get(field);
        if (value != null && !(value instanceof String)) {
            throw QueryParameters.invalid(field, null, "a string");
        }
        return (String) value;
    }
}
