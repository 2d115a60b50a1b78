package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunQuery;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.lifecycle.AttemptQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** {@code GET /api/scheduler/runs}: lists runs, or shows one. */
@Path("/api/scheduler/runs")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RunQueryResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final RunQuery runs;
    private final AttemptQuery attempts;
    private final JobCatalogue catalogue;

    RunQueryResource(RunQuery runs, AttemptQuery attempts, JobCatalogue catalogue) {
        this.runs = runs;
        this.attempts = attempts;
        this.catalogue = catalogue;
    }

    @GET
    public List<RunView> list(
            @QueryParam("job") String job,
            @QueryParam("status") String status,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") String limit,
            @Context UriInfo uri) {
        QueryParameters.requireKnown(uri, Set.of("job", "status", "from", "to", "limit"));
        if (job != null) {
            new JobLookup(catalogue).require(job);
        }
        var found = runs.list(
                job,
                status(status),
                QueryParameters.instant("from", from, catalogue.zone()),
                QueryParameters.instant("to", to, catalogue.zone()),
                QueryParameters.number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT));
        return found.stream().map(RunView::summary).toList();
    }

    @GET
    @Path("{run_id}")
    public RunView find(@PathParam("run_id") String runId) {
        var id = QueryParameters.runId(runId);
        var run = runs.find(id)
                .orElseThrow(() -> new ProblemException(HttpProblem.of(404, "Not Found", "Run " + id + " not found.")));
        return detailed(run, attempts.findByRun(id));
    }

    private static RunView detailed(JobRun run, List<AttemptQuery.AttemptDetails> tries) {
        var views = tries.stream()
                .map(one -> new RunView.AttemptView(
                        one.attempt(),
                        one.kind().name().toLowerCase(Locale.ROOT),
                        one.worker(),
                        one.startedAt(),
                        one.finishedAt(),
                        one.counts(),
                        one.details(),
                        one.error()))
                .toList();
        var latest = tries.isEmpty() ? null : tries.getLast();
        return latest == null
                ? RunView.of(run, null, null, views, List.of())
                : RunView.of(run, latest.counts(), latest.details(), views, latest.logTail());
    }

    private static RunStatus status(String word) {
        if (word == null) {
            return null;
        }
        return RunStatus.of(word)
                .orElseThrow(() -> QueryParameters.invalid(
                        "status",
                        word,
                        "one of "
                                + Stream.of(RunStatus.values())
                                        .map(RunStatus::value)
                                        .toList()));
    }
}
