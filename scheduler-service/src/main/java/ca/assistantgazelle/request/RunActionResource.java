package ca.assistantgazelle.request;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.util.Set;
import java.util.UUID;

/** {@code POST /api/scheduler/runs/{run_id}/cancel} and {@code /retry}. */
@Path("/api/scheduler/runs/{run_id}")
@RolesAllowed(Role.OPERATOR)
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class RunActionResource {
  private final RunActions actions;

  RunActionResource(RunActions actions) {
    this.actions = actions;
  }

  /**
   * Where the run stands now. A running one stays so until its worker acknowledges; {@code href}
   * tells.
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Standing(UUID runId, String jobName, String status, String href, Boolean dryRun) {}

  @POST
  @Path("cancel")
  public Response cancel(
      @PathParam("run_id") String runId,
      @QueryParam("dry_run") String dryRun,
      @Context SecurityContext caller,
      @Context UriInfo uri) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    boolean dry = QueryParameters.flag("dry_run", dryRun);
    var id = QueryParameters.runId(runId);
    return response(id, actions.cancel(id, caller.getUserPrincipal().getName(), dry), dry);
  }

  @POST
  @Path("retry")
  public Response retry(
      @PathParam("run_id") String runId,
      @QueryParam("dry_run") String dryRun,
      @Context SecurityContext caller,
      @Context UriInfo uri) {
    QueryParameters.requireKnown(uri, Set.of("dry_run"));
    boolean dry = QueryParameters.flag("dry_run", dryRun);
    var id = QueryParameters.runId(runId);
    return response(id, actions.retry(id, caller.getUserPrincipal().getName(), dry), dry);
  }

  private static Response response(UUID runId, RunActions.Answer answer, boolean dryRun) {
    return switch (answer) {
      case RunActions.Answer.Unknown unknown ->
          throw new ProblemException(
              Problem.of(404, "Not Found", "There is no run " + runId + "."));
      case RunActions.Answer.Refused refused ->
          throw new ProblemException(
              Problem.of(409, "Conflict", "Run " + runId + ": " + refused.why() + ".")
                  .with("status_of_run", refused.run().status().word()));
      case RunActions.Answer.Done done ->
          Response.status(dryRun ? 200 : 202)
              .entity(
                  new Standing(
                      runId,
                      done.run().job(),
                      done.status().word(),
                      "/api/scheduler/runs/" + runId,
                      dryRun ? true : null))
              .build();
    };
  }
}
