package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.runtime.sql.Database;
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
import java.util.Set;

/** {@code GET /api/scheduler/logs/{job_name}}: rows of {@code scheduler_logs}. */
@Path("/api/scheduler/logs")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SchedulerLogsResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final Database database;
    private final JobCatalogue catalogue;

    SchedulerLogsResource(Database database, JobCatalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    @GET
    @Path("{job_name}")
    public List<SchedulerLogEntry> list(
            @PathParam("job_name") String jobName, @QueryParam("limit") String limit, @Context UriInfo uri) {
        QueryParameters.requireKnown(uri, Set.of("limit"));
        var job = new JobLookup(catalogue).require(jobName);
        return database.list(
                """
                select id, job_name::text as job_name, status::text as status, started_at, completed_at,
                  duration_seconds::int as duration_seconds, error_message, details::text as details
                from public.scheduler_logs
                where job_name = $1
                order by started_at desc, id
                limit $2
                """,
                SchedulerLogEntry::of,
                job.id(),
                QueryParameters.number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT));
    }
}
