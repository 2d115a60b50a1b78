package ca.assistantgazelle.runtime.problem;

import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every error of the HTTP API to a problem document; unexpected errors reveal no internals. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int RETRY_AFTER_SECONDS = 30;

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return toResponse(e.problem());
    }

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException e) {
        return toResponse(HttpProblem.of(
                401, "Unauthorized", "Send 'Authorization: Bearer <token>' with a token of API_TOKENS_FILE."));
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e) {
        return toResponse(HttpProblem.of(
                403,
                "Forbidden",
                "This token's role does not permit this request; ask an administrator for one that does."));
    }

    @ServerExceptionMapper
    public Response invalidJson(JacksonException e) {
        var at = e.getLocation();
        return toResponse(HttpProblem.of(
                400,
                "Bad Request",
                "The body is not valid JSON"
                        + (at == null ? "." : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").")));
    }

    @ServerExceptionMapper
    public Response webApplication(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return invalidJson(json);
        }
        var status = e.getResponse().getStatusInfo();
        return toResponse(
                HttpProblem.of(status.getStatusCode(), status.getReasonPhrase(), detail(status.getStatusCode())));
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e) {
        if (DatabaseRetry.isUnavailable(e)) {
            LOG.warnf("Failed to serve a request, the database is unavailable: %s", DatabaseRetry.describe(e));
            var problem =
                    HttpProblem.of(503, "Service Unavailable", "The database is unavailable; try again in a minute.");
            return Response.fromResponse(toResponse(problem))
                    .header("Retry-After", RETRY_AFTER_SECONDS)
                    .build();
        }
        LOG.error("Failed to serve a request: unexpected error", e);
        return toResponse(HttpProblem.of(
                500, "Internal Server Error", "The request failed unexpectedly; see the service's log for the cause."));
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "Unknown path; docs/http-api.md lists the endpoints.";
            case 405 -> "This path does not support that method; docs/http-api.md lists the endpoints.";
            case 406 -> "This path returns JSON only; send 'Accept: application/json'.";
            case 415 -> "Send JSON, with the header 'Content-Type: application/json'.";
            default -> "The request could not be processed.";
        };
    }

    private static Response toResponse(HttpProblem problem) {
        return Response.status(problem.status())
                .type(HttpProblem.MEDIA_TYPE)
                .entity(problem.json())
                .build();
    }
}
