package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunQuery;
import ca.assistantgazelle.scheduler.planning.JobPauseService;
import ca.assistantgazelle.scheduler.planning.PlanningFailures;
import ca.assistantgazelle.scheduler.planning.SchedulingCycle;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code GET /api/scheduler/status}: the status of every job. */
@Path("/api/scheduler/status")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SchedulerStatusResource {
    private final JobCatalogue catalogue;
    private final RunQuery runs;
    private final JobPauseService pauses;
    private final SchedulingCycle schedulingCycle;
    private final TimeZoneDataAge timeZoneData;
    private final PlanningFailures failures;
    private final Clock clock;

    SchedulerStatusResource(
            JobCatalogue catalogue,
            RunQuery runs,
            JobPauseService pauses,
            SchedulingCycle schedulingCycle,
            TimeZoneDataAge timeZoneData,
            PlanningFailures failures,
            Clock clock) {
        this.catalogue = catalogue;
        this.runs = runs;
        this.pauses = pauses;
        this.schedulingCycle = schedulingCycle;
        this.timeZoneData = timeZoneData;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Status of the scheduler and all jobs.
     *
     * @param warnings messages that need attention
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SchedulerStatus(
            boolean enabled,
            String environment,
            String zone,
            String tzdbVersion,
            boolean tzdbStale,
            List<String> warnings,
            Instant now,
            List<JobStatus> jobs) {}

    @GET
    public SchedulerStatus status() {
        var names = catalogue.ids();
        var open = runs.findOpen(names);
        var newest = runs.findNewest(names);
        var successes = runs.lastSuccesses(names);
        var paused = pauses.activePauses();
        var next = schedulingCycle.planningEnabled() ? pauses.nextFires() : Map.<String, Instant>of();
        var overdue = runs.findOverdue();
        return new SchedulerStatus(
                schedulingCycle.planningEnabled(),
                catalogue.environment().id(),
                catalogue.zone().getId(),
                timeZoneData.version(),
                timeZoneData.isStale(),
                warnings(),
                clock.instant(),
                catalogue.jobs().stream()
                        .map(job -> new JobStatus(
                                job.id(),
                                job.label(),
                                job.cronExpressions(),
                                paused.containsKey(job.id()),
                                paused.get(job.id()),
                                next.get(job.id()),
                                view(open.get(job.id())),
                                view(newest.get(job.id())),
                                successes.get(job.id()),
                                overdue.contains(job.id())))
                        .toList());
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (timeZoneData.isStale()) {
            warnings.add(timeZoneData.warning());
        }
        runs.backlogWarnings().forEach(warnings::add);
        failures.messages().forEach((job, message) -> warnings.add("job " + job + " cannot be planned: " + message));
        return warnings;
    }

    private static RunView view(JobRun run) {
        return run == null ? null : RunView.summary(run);
    }
}
