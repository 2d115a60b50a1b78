package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.catalogue.InvalidParameterException;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.monitoring.JobLookup;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Opens manual runs for the HTTP endpoints and creates their responses. */
@Singleton
public class RunRequests {
    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final RunIdGenerator ids;
    private final JobLookup jobs;
    private final Clock clock;

    RunRequests(
            Database database,
            RunLedger ledger,
            EventOutbox outbox,
            RunIdGenerator ids,
            JobCatalogue catalogue,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.ids = ids;
        this.jobs = new JobLookup(catalogue);
        this.clock = clock;
    }

    /** Immediate response; the run continues asynchronously. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record AcceptedRun(UUID runId, String jobName, String status, String href) {}

    /** Response to a dry run, which performs the same checks but opens no run. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record DryRunResponse(boolean dryRun, String jobName, Map<String, Object> parameters) {}

    /**
     * @param caller name of the caller's token
     * @throws ProblemException 404 unknown job, 400 invalid parameters, 409 already running
     */
    public UUID openRun(String jobName, Map<String, Object> parameters, String caller) {
        var job = requireValid(jobName, parameters);
        return database.inTransaction(transaction -> {
            ledger.lockJob(transaction, jobName);
            requireNoOpenRun(transaction, jobName);
            var run = requestedRun(job, parameters, caller);
            ledger.create(transaction, List.of(run));
            outbox.addTrigger(
                    transaction, job.worker().triggerTopic(), run.trigger(RunCause.MANUAL), run.traceparent());
            return run.runId();
        });
    }

    private JobRun requestedRun(JobDefinition job, Map<String, Object> parameters, String caller) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return JobRun.create(
                ids.next(),
                job.id(),
                RunCause.MANUAL,
                RunFire.requested(now, now.plus(job.maxLateness())),
                parameters,
                caller,
                RunState.queued(null, job.attempts()),
                null,
                now);
    }

    private void requireNoOpenRun(SqlQueries queries, String jobName) {
        ledger.findOpenRun(queries, jobName).ifPresent(open -> {
            throw new ProblemException(alreadyOpenProblem(jobName, open));
        });
    }

    /**
     * Handles a request for a manual run.
     *
     * @param dryRun the query parameter; null: no dry run
     * @param body the job's parameters as JSON; may be empty
     * @throws ProblemException as in {@link #openRun}, and 400 or 415 for an invalid request
     */
    Response handle(
            String jobName, String dryRun, String contentType, SecurityContext caller, UriInfo uri, String body) {
        QueryParameters.requireKnown(uri, Set.of("dry_run"));
        jobs.require(jobName);
        var parameters = RunRequestBody.parse(contentType, body);
        return QueryParameters.flag("dry_run", dryRun)
                ? dryRunResponse(jobName, parameters)
                : acceptedResponse(
                        jobName,
                        openRun(jobName, parameters, caller.getUserPrincipal().getName()));
    }

    /** Like {@link #openRun}, but opens no run. */
    public Response dryRunResponse(String jobName, Map<String, Object> parameters) {
        requireValid(jobName, parameters);
        requireNoOpenRun(database, jobName);
        return Response.ok(new DryRunResponse(true, jobName, parameters)).build();
    }

    /** The response for a run that was opened. */
    public static Response acceptedResponse(String jobName, UUID runId) {
        return Response.accepted(new AcceptedRun(runId, jobName, RunStatus.QUEUED.value(), href(runId)))
                .header("Location", href(runId))
                .build();
    }

    /** Path of the run in the API. */
    public static String href(UUID runId) {
        return "/api/scheduler/runs/" + runId;
    }

    private JobDefinition requireValid(String jobName, Map<String, Object> parameters) {
        var job = jobs.require(jobName);
        try {
            job.validateParameters(parameters);
        } catch (InvalidParameterException e) {
            throw new ProblemException(
                    HttpProblem.of(400, "Bad Request", e.getMessage()).with("parameter", e.parameter()));
        }
        return job;
    }

    private static HttpProblem alreadyOpenProblem(String jobName, JobRun open) {
        return HttpProblem.of(
                        409,
                        "Conflict",
                        "Job "
                                + jobName
                                + " already has a run with status "
                                + open.status().value()
                                + "; wait for it to end.")
                .with("running_run_id", open.runId())
                .with("href", href(open.runId()));
    }
}
