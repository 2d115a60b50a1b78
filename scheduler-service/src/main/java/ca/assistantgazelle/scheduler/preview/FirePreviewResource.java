package ca.assistantgazelle.scheduler.preview;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobCatalogueFile;
import ca.assistantgazelle.contract.value.PlausibleTime;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.scheduler.monitoring.JobLookup;
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

/** {@code GET /api/scheduler/preview}: the planned fires of a job. */
@Path("/api/scheduler/preview")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FirePreviewResource {
    private final JobCatalogue catalogue;
    private final EnvironmentConfig config;

    FirePreviewResource(JobCatalogue catalogue, EnvironmentConfig config) {
        this.catalogue = catalogue;
        this.config = config;
    }

    @GET
    public FirePreview preview(
            @QueryParam("job") String job,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("env") String env,
            @Context UriInfo uri) {
        QueryParameters.requireKnown(uri, Set.of("job", "from", "to", "env"));
        var asked = catalogue(env);
        var first = date("from", from);
        var end = date("to", to);
        requireValidPeriod(first, end);
        if (job == null) {
            throw QueryParameters.invalid("job", null, "one of " + asked.ids());
        }
        var known = new JobLookup(asked).require(job);
        try {
            return FirePreview.of(known, asked.environment().id(), first, end);
        } catch (IllegalArgumentException tooMany) {
            throw invalidPeriod(tooMany.getMessage());
        }
    }

    private JobCatalogue catalogue(String env) {
        if (env == null) {
            return catalogue;
        }
        try {
            return JobCatalogueFile.load(config.jobsFile().orElse(null), DeploymentEnvironment.of(env));
        } catch (IllegalArgumentException unknown) {
            throw QueryParameters.invalid("env", env, "local, staging or production");
        }
    }

    private static LocalDate date(String name, String value) {
        try {
            return PlausibleTime.require(LocalDate.parse(String.valueOf(value)));
        } catch (DateTimeException e) {
            throw QueryParameters.invalid(name, value, "a date such as 2026-03-08");
        }
    }

    private static void requireValidPeriod(LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to);
        if (days < 1 || days > FirePreview.MAX_DAYS) {
            throw invalidPeriod("'to' must be 1 to " + FirePreview.MAX_DAYS + " days after 'from'");
        }
        if (from.getYear() < 1970 || to.getYear() > 2200) {
            throw invalidPeriod("the dates must be from 1970 to 2200");
        }
    }

    private static ProblemException invalidPeriod(String detail) {
        return new ProblemException(HttpProblem.of(400, "Bad Request", "Invalid period: " + detail + ".")
                .with("most_days", FirePreview.MAX_DAYS));
    }
}
