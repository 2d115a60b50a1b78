package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.audit.AuditLog;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunWait;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Pauses and resumes jobs. Fires due during a pause get a row with SUPPRESSED_PAUSED; a catch-up starts such runs
 * afterwards, under the same run id.
 */
@Singleton
public class JobPauseService {
    private static final Logger LOG = Logger.getLogger(JobPauseService.class);

    private final Database database;
    private final JobStateStore states;
    private final JobTimetables timetables;
    private final FirePlanner planner;
    private final RunLedger ledger;
    private final SchedulingCycle schedulingCycle;
    private final AuditLog audit;
    private final PlannedRunFactory runFactory;

    public JobPauseService(
            Database database,
            JobStateStore states,
            JobTimetables timetables,
            FirePlanner planner,
            RunLedger ledger,
            SchedulingCycle schedulingCycle,
            AuditLog audit,
            PlannedRunFactory runFactory) {
        this.database = database;
        this.states = states;
        this.timetables = timetables;
        this.planner = planner;
        this.ledger = ledger;
        this.schedulingCycle = schedulingCycle;
        this.audit = audit;
        this.runFactory = runFactory;
    }

    /** The current pause of a job. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ActivePause(Instant since, Instant until, String by, String reason) {
        static ActivePause of(JobPause pause) {
            return new ActivePause(pause.since(), pause.until(), pause.by(), pause.reason());
        }
    }

    /** The active pauses, by job. */
    public Map<String, ActivePause> activePauses() {
        var now = planner.now();
        var paused = new LinkedHashMap<String, ActivePause>();
        for (var state : states.findAll(database)) {
            if (isPaused(state, now)) {
                paused.put(state.job(), ActivePause.of(state.pause()));
            }
        }
        return paused;
    }

    /** The next fire of each planned job, ignoring excluded days. */
    public Map<String, Instant> nextFires() {
        var next = new LinkedHashMap<String, Instant>();
        for (var state : states.findAll(database)) {
            if (state.nextAt() != null && !state.removed()) {
                // The next position may be a fire that a calendar excludes.
                nextRun(state).ifPresent(fire -> next.put(state.job(), fire.at()));
            }
        }
        return next;
    }

    // A job that cannot be planned is shown as a warning of the status.
    private Optional<PlannedFire> nextRun(JobState state) {
        try {
            return timetables.fromJson(state.schedule()).nextRun(state.plannedUntil());
        } catch (RuntimeException e) {
            LOG.debugf(e, "job %s: no next run", state.job());
            return Optional.empty();
        }
    }

    /**
     * @param until when it ends automatically, or null
     * @return the pause; empty if the job is already paused
     */
    public Optional<ActivePause> pause(JobDefinition job, String by, String reason, Instant until) {
        return database.inTransaction(transaction -> {
            var state = planUpToNow(transaction, job);
            if (isPaused(state, planner.now())) {
                return Optional.empty();
            }
            var pause = new JobPause(planner.now(), until, by, reason);
            states.save(transaction, List.of(state.withPause(pause)));
            LOG.infof("job %s: paused by %s", job.id(), by);
            audit.append(transaction, by, "pause", job.id(), null, details(reason, until));
            return Optional.of(ActivePause.of(pause));
        });
    }

    /**
     * Ends the pause and catches up what it suppressed. Of a job whose pause has ended by itself, what that pause
     * suppressed can still be caught up.
     *
     * @return how many suppressed fires are caught up; empty if the job is not paused and there is nothing to catch up
     */
    public Optional<Integer> resume(JobDefinition job, String by, CatchUpMode catchUp) {
        return database.inTransaction(transaction -> {
            var state = planUpToNow(transaction, job);
            var suppressed = findSuppressed(transaction, job, state, catchUp);
            if (!isPaused(state, planner.now()) && suppressed.isEmpty()) {
                return Optional.empty();
            }
            states.save(transaction, List.of(state.withPause(null)));
            ledger.save(
                    transaction,
                    suppressed.stream().map(run -> resumed(job, run, by)).toList());
            LOG.infof("job %s: resumed by %s, %d fires caught up", job.id(), by, suppressed.size());
            audit.append(
                    transaction,
                    by,
                    "resume",
                    job.id(),
                    null,
                    Map.of("catch_up", catchUp.value(), "runs", suppressed.size()));
            return Optional.of(suppressed.size());
        });
    }

    /** What {@link #resume} would catch up, without changing anything. */
    public Optional<Integer> previewResume(JobDefinition job, CatchUpMode catchUp) {
        return database.inTransaction(transaction -> {
            var state = states.lock(transaction, job.id());
            if (state.isEmpty()) {
                return Optional.empty();
            }
            int suppressed =
                    findSuppressed(transaction, job, state.get(), catchUp).size();
            return isPaused(state.get(), planner.now()) || suppressed > 0 ? Optional.of(suppressed) : Optional.empty();
        });
    }

    private List<JobRun> findSuppressed(
            SqlQueries transaction, JobDefinition job, JobState state, CatchUpMode catchUp) {
        int most =
                switch (catchUp) {
                    case NONE -> 0;
                    case LAST -> 1;
                    case ALL -> job.scheduling().catchUpCap();
                };
        var now = planner.now();
        var since = isPaused(state, now) ? state.pause().since() : Instant.EPOCH;
        return RunLocks.suppressedByPause(transaction, job.id(), since, now, most);
    }

    // A fire that is caught up keeps its order after the job that it follows.
    private JobRun resumed(JobDefinition job, JobRun run, String by) {
        var now = planner.now();
        return run.resumed(
                PlannedRunFactory.joinNotes(run.state().planNote(), "caught up by " + by),
                runFactory.dependency(job, run.fire().scheduledFor(), now).orElse(RunWait.OVERLAP),
                now);
    }

    // Fires due before the change are decided by the state before it.
    private JobState planUpToNow(SqlQueries transaction, JobDefinition job) {
        var now = planner.now();
        var state = states.lock(transaction, job.id()).orElseGet(() -> {
            var text = JobTimetables.toJson(job.scheduling().schedule());
            var fresh = new JobState(job.id(), text, now, null, false, null);
            states.save(transaction, List.of(FirePlanner.advanced(fresh, text, timetables.fromJson(text), now)));
            return states.lock(transaction, job.id()).orElseThrow();
        });
        // Other transactions that open runs of the job wait until this change commits.
        ledger.lockJob(transaction, job.id());
        return schedulingCycle.planningEnabled() && !state.removed()
                ? planner.plan(transaction, List.of(state)).getFirst()
                : state;
    }

    private static boolean isPaused(JobState state, Instant now) {
        return state.pause() != null && state.pause().covers(now);
    }

    private static Map<String, Object> details(String reason, Instant until) {
        var details = new LinkedHashMap<String, Object>();
        details.put("reason", reason);
        if (until != null) {
            details.put("until", until.toString());
        }
        return details;
    }
}
