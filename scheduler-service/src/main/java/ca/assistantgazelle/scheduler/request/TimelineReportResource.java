package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunQuery;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.lifecycle.AttemptQuery;
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

/**
 * {@code POST /api/reports/timeline/generate}: starts a run of the report, at the path required by the specification.
 */
@Path("/api/reports/timeline/generate")
public class TimelineReportResource {
    private static final String JOB = "timeline_report_daily";
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    private static final Duration MAX_WAIT = Duration.ofMinutes(30);

    private final RunRequests runRequests;
    private final RunQuery runs;
    private final AttemptQuery attempts;

    TimelineReportResource(RunRequests runRequests, RunQuery runs, AttemptQuery attempts) {
        this.runRequests = runRequests;
        this.runs = runs;
        this.attempts = attempts;
    }

    /**
     * Response to a caller that waits for the result.
     *
     * @param append false if everything was rewritten
     * @param counts added, updated, removed and total rows, by tab
     * @param details unmapped entries, calls, result for each tab
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record GeneratedReport(
            UUID runId,
            String status,
            boolean append,
            Map<String, Map<String, Long>> counts,
            Map<String, Object> details,
            double durationSeconds) {}

    @POST
    @RolesAllowed(AccessRole.OPERATOR)
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
            return runRequests.dryRunResponse(JOB, parameters);
        }
        var runId =
                runRequests.openRun(JOB, parameters, caller.getUserPrincipal().getName());
        return waits ? awaitResult(runId) : RunRequests.acceptedResponse(JOB, runId);
    }

    private Response awaitResult(UUID runId) throws InterruptedException {
        for (long looks = MAX_WAIT.dividedBy(POLL_INTERVAL); looks > 0; looks--) {
            var run = runs.find(runId).orElseThrow();
            if (run.status() == RunStatus.SUCCESS) {
                return Response.ok(generated(run)).build();
            }
            if (!run.isOpen() || hasFailed(runId)) {
                throw new ProblemException(failed(run));
            }
            Thread.sleep(POLL_INTERVAL);
        }
        return RunRequests.acceptedResponse(JOB, runId);
    }

    // A lost attempt is retried at once and an interrupted one continues elsewhere. A failed one is
    // retried only after ten minutes, which is too long for a waiting caller.
    private boolean hasFailed(UUID runId) {
        return attempts.findByRun(runId).stream()
                .map(AttemptQuery.AttemptDetails::kind)
                .anyMatch(kind -> kind == LifecycleEventType.FAILED
                        || kind == LifecycleEventType.TIMED_OUT
                        || kind == LifecycleEventType.CANCELLED);
    }

    private GeneratedReport generated(JobRun run) {
        var tries = attempts.findByRun(run.runId());
        var latest = tries.getLast();
        var lasted = Duration.between(latest.startedAt(), latest.finishedAt());
        return new GeneratedReport(
                run.runId(),
                run.status().value(),
                !Boolean.TRUE.equals(run.parameters().get("full_refresh")),
                latest.counts(),
                latest.details(),
                lasted.toMillis() / 1_000.0);
    }

    private HttpProblem failed(JobRun run) {
        var tries = attempts.findByRun(run.runId());
        var error = tries.isEmpty() || tries.getLast().error() == null
                ? run.state().error()
                : tries.getLast().error();
        var detail = (error == null
                        ? "The run is " + run.status().value() + "."
                        : error.errorClass()
                                + ": "
                                + error.message()
                                + (error.suggestion() == null ? "" : " " + error.suggestion()))
                + (run.times().nextAttemptAt() == null
                        ? ""
                        : " The next attempt starts at " + run.times().nextAttemptAt() + ".");
        return HttpProblem.of(500, "The report was not generated", detail)
                .with("run_id", run.runId())
                .with("href", RunRequests.href(run.runId()))
                .with("counts", tries.isEmpty() ? Map.of() : tries.getLast().counts());
    }
}
