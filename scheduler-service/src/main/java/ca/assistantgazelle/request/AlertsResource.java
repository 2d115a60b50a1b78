package ca.assistantgazelle.request;

import ca.assistantgazelle.access.Role;
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
 * {@code POST /alertes-rv/send}: alerts of unconfirmed appointments by hand, at the seed's own
 * address. The body holds the job's parameters.
 */
@Path("/alertes-rv/send")
public class AlertsResource {
  private static final String JOB = "alertes_rv_court_terme";

  private final RunLaunch launch;

  AlertsResource(RunLaunch launch) {
    this.launch = launch;
  }

  @POST
  @RolesAllowed(Role.OPERATOR)
  @RunOnVirtualThread
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public Response send(
      @QueryParam("dry_run") String dryRun,
      @HeaderParam("Content-Type") String contentType,
      @Context SecurityContext caller,
      @Context UriInfo uri,
      String body) {
    return launch.byHand(JOB, dryRun, contentType, caller, uri, body);
  }
}
