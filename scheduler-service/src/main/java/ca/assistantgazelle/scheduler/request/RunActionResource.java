package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
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
@RolesAllowed(AccessRole.OPERATOR)
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class RunActionResource {
    private final RunActions actions;

    RunActionResource(RunActions actions) {
        this.actions = actions;
    }

    /**
     * The current state of the run. A cancelled run stays {@code running} until its worker acknowledges; {@code href}
     * shows its progress.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunActionState(UUID runId, String jobName, String status, String href, Boolean dryRun) {}

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

    private static Response response(UUID runId, RunActions.RunActionResult answer, boolean dryRun) {
        return switch (answer) {
            case RunActions.RunActionResult.RunNotFound unknown ->
                throw new ProblemException(HttpProblem.of(404, "Not Found", "Run " + runId + " not found."));
            case RunActions.RunActionResult.ActionRefused refused ->
                throw new ProblemException(
                        HttpProblem.of(409, "Conflict", "Run " + runId + ": " + refused.reason() + ".")
                                .with("status_of_run", refused.run().status().value()));
            case RunActions.RunActionResult.ActionApplied done ->
                Response.status(dryRun ? 200 : 202)
                        .entity(new RunActionState(
                                runId,
                                done.run().job(),
                                done.status().value(),
                                "/api/scheduler/runs/" + runId,
                                dryRun ? true : null))
                        .build();
        };
    }
}
