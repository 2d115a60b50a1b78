package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.runtime.auth.AccessRole;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/**
 * {@code POST /alertes-rv/send}: starts a run that sends the alerts of unconfirmed appointments, at the path required
 * by the specification. The body contains the job's parameters.
 */
@Path("/alertes-rv/send")
public class SendAlertsResource {
    private static final String JOB = "alertes_rv_court_terme";

    private final RunRequests runRequests;

    SendAlertsResource(RunRequests runRequests) {
        this.runRequests = runRequests;
    }

    @POST
    @RolesAllowed(AccessRole.OPERATOR)
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response send(
            @QueryParam("dry_run") String dryRun,
            @HeaderParam("Content-Type") String contentType,
            @Context SecurityContext caller,
            @Context UriInfo uri,
            String body) {
        return runRequests.handle(JOB, dryRun, contentType, caller, uri, body);
    }
}
