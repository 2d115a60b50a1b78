package ca.assistantgazelle.problem;

import ca.assistantgazelle.sql.Patience;
import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every error of the HTTP API leaves as a problem document; what nobody foresaw leaves no trace of
 * its inside.
 */
public final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    return answer(e.problem());
  }

  @ServerExceptionMapper
  public Response unauthorized(UnauthorizedException e) {
    return answer(
        Problem.of(
            401,
            "Unauthorized",
            "Send 'Authorization: Bearer <token>' with a token of API_TOKENS_FILE."));
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException e) {
    return answer(
        Problem.of(
            403,
            "Forbidden",
            "This token's role does not allow it; ask an administrator for one that does."));
  }

  @ServerExceptionMapper
  public Response unreadable(JacksonException e) {
    var at = e.getLocation();
    return answer(
        Problem.of(
            400,
            "Bad Request",
            "The body is not valid JSON"
                + (at == null
                    ? "."
                    : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").")));
  }

  @ServerExceptionMapper
  public Response webApplication(WebApplicationException e) {
    if (e.getCause() instanceof JacksonException json) {
      return unreadable(json);
    }
    var status = e.getResponse().getStatusInfo();
    return answer(
        Problem.of(
            status.getStatusCode(), status.getReasonPhrase(), detail(status.getStatusCode())));
  }

  @ServerExceptionMapper
  public Response unforeseen(RuntimeException e) {
    if (Patience.isAway(e)) {
      LOG.warnf("A request failed because the database is away: %s", Patience.reason(e));
      return answer(
          Problem.of(
              503, "Service Unavailable", "The database does not answer; try again in a minute."));
    }
    LOG.error("A request failed for a reason that nobody foresaw", e);
    return answer(
        Problem.of(
            500, "Internal Server Error", "The request failed; the service's log says why."));
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this address; README.md lists the endpoints.";
      case 405 -> "This address does not take that method; README.md lists the endpoints.";
      case 406 -> "This address answers in JSON only.";
      case 415 -> "Send JSON, with the header 'Content-Type: application/json'.";
      default -> "The request cannot be served as it is.";
    };
  }

  private static Response answer(Problem problem) {
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(problem.json())
        .build();
  }
}
