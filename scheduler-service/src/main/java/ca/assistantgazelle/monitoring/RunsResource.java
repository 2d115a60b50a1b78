package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.collector.AttemptQuery;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunQuery;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
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

/** {@code GET /api/scheduler/runs}: the ledger. */
@Path("/api/scheduler/runs")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final RunQuery runs;
  private final AttemptQuery attempts;
  private final JobCatalogue catalogue;

  RunsResource(RunQuery runs, AttemptQuery attempts, JobCatalogue catalogue) {
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
      new KnownJobs(catalogue).require(job);
    }
    var found =
        runs.list(
            job,
            status(status),
            QueryParameters.instant("from", from, catalogue.zone()),
            QueryParameters.instant("to", to, catalogue.zone()),
            QueryParameters.limit(limit, USUAL, MOST));
    return found.stream().map(RunView::summary).toList();
  }

  @GET
  @Path("{run_id}")
  public RunView one(@PathParam("run_id") String runId) {
    var id = QueryParameters.runId(runId);
    var run =
        runs.find(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(404, "Not Found", "There is no run " + id + ".")));
    return detailed(run, attempts.of(id));
  }

  private static RunView detailed(Run run, List<AttemptQuery.Try> tries) {
    var views =
        tries.stream()
            .map(
                one ->
                    new RunView.AttemptView(
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
        .orElseThrow(
            () ->
                QueryParameters.refused(
                    "status",
                    "one of " + Stream.of(RunStatus.values()).map(RunStatus::word).toList()));
  }
}
