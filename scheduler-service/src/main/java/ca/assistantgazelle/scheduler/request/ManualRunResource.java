package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.runtime.auth.AccessRole;
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

/** {@code POST /api/scheduler/run/{job_name}}: starts a manual run. */
@Path("/api/scheduler/run")
public class ManualRunResource {
    private final RunRequests runRequests;

    ManualRunResource(RunRequests runRequests) {
        this.runRequests = runRequests;
    }

    @POST
    @Path("{job_name}")
    @RolesAllowed(AccessRole.OPERATOR)
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
        return runRequests.handle(jobName, dryRun, contentType, caller, uri, body);
    }
}
