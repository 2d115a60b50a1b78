package ca.assistantgazelle.preview;

import ca.assistantgazelle.access.Role;
import ca.assistantgazelle.catalogue.CatalogueFile;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.monitoring.KnownJobs;
import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import ca.assistantgazelle.settings.SchedulerConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** {@code GET /api/scheduler/preview}: when a job is planned, before it happens. */
@Path("/api/scheduler/preview")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PreviewResource {
  private final JobCatalogue catalogue;
  private final SchedulerConfig config;

  PreviewResource(JobCatalogue catalogue, SchedulerConfig config) {
    this.catalogue = catalogue;
    this.config = config;
  }

  @GET
  public Preview preview(
      @QueryParam("job") String job,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("env") String env,
      @Context UriInfo uri) {
    QueryParameters.requireKnown(uri, Set.of("job", "from", "to", "env"));
    var asked = catalogue(env);
    var first = date("from", from);
    var end = date("to", to);
    requireRange(first, end);
    if (job == null) {
      throw QueryParameters.refused("job", "one of " + asked.ids());
    }
    var known = new KnownJobs(asked).require(job);
    try {
      return Preview.of(known, asked.environment().word(), first, end);
    } catch (IllegalArgumentException tooMany) {
      throw refusedRange(tooMany.getMessage());
    }
  }

  private JobCatalogue catalogue(String env) {
    if (env == null) {
      return catalogue;
    }
    try {
      return CatalogueFile.load(config.jobsFile().orElse(null), Environment.of(env));
    } catch (IllegalArgumentException unknown) {
      throw QueryParameters.refused("env", "local, staging or production");
    }
  }

  private static LocalDate date(String name, String value) {
    try {
      return LocalDate.parse(String.valueOf(value));
    } catch (DateTimeException e) {
      throw QueryParameters.refused(name, "a date such as 2026-03-08");
    }
  }

  private static void requireRange(LocalDate from, LocalDate to) {
    long days = ChronoUnit.DAYS.between(from, to);
    if (days < 1 || days > Preview.MOST_DAYS) {
      throw refusedRange("'to' must be 1 to " + Preview.MOST_DAYS + " days after 'from'");
    }
    if (from.getYear() < 1970 || to.getYear() > 2200) {
      throw refusedRange("the dates must be from 1970 to 2200");
    }
  }

  private static ProblemException refusedRange(String detail) {
    return new ProblemException(
        Problem.of(400, "Bad Request", "The period cannot be shown: " + detail + ".")
            .with("most_days", Preview.MOST_DAYS));
  }
}
