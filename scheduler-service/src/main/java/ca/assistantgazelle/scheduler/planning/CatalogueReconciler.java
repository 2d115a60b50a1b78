package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.AdvisoryLock;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reconciles {@code automation.job_state} with this process's catalogue, which then applies to all schedulers: the last
 * one started wins, as in a rolling update. Fires due under a replaced schedule still get their rows; the new schedule
 * produces no fires in the past.
 */
@Singleton
public class CatalogueReconciler {
    private static final Logger LOG = Logger.getLogger(CatalogueReconciler.class);

    /** A position further in the future was written by a process with a wrong clock. */
    private static final Duration MAX_PLANNED_AHEAD = Duration.ofDays(1);

    private static final int BATCH = 500;

    private final Database database;
    private final JobStateStore states;
    private final JobTimetables timetables;
    private final RunLedger ledger;
    private final FirePlanner planner;
    private final JobCatalogue catalogue;

    public CatalogueReconciler(
            Database database,
            JobStateStore states,
            JobTimetables timetables,
            RunLedger ledger,
            FirePlanner planner,
            JobCatalogue catalogue) {
        this.database = database;
        this.states = states;
        this.timetables = timetables;
        this.ledger = ledger;
        this.planner = planner;
        this.catalogue = catalogue;
    }

    public void reconcile() {
        while (reconcileBatch()) {
            LOG.debugf("Applied %d edited schedules", BATCH);
        }
    }

    /** Whether jobs of the catalogue have no row, for example after a database restore. */
    boolean hasMissingJobs() {
        boolean forgotten =
                states.count(database, catalogue.ids()) < catalogue.ids().size();
        if (forgotten) {
            LOG.warn(
                    "Jobs are missing from automation.job_state (database restored?): adding them, planning resumes now");
        }
        return forgotten;
    }

    private boolean reconcileBatch() {
        return database.inTransaction(transaction -> {
            // Serialises schedulers that start at the same time, even if the table is empty.
            AdvisoryLock.CATALOGUE.acquire(transaction);
            return reconcile(transaction) == BATCH;
        });
    }

    private int reconcile(SqlQueries transaction) {
        var before = states.lockAll(transaction).stream().collect(Collectors.toMap(JobState::job, Function.identity()));
        var now = planner.now();
        var changed = new ArrayList<JobState>();
        var edited = new ArrayList<JobState>();
        for (var job : catalogue.jobs()) {
            var state = before.get(job.id());
            if (state == null || state.removed()) {
                changed.add(newState(job, now));
            } else if (state.plannedUntil().isAfter(now.plus(MAX_PLANNED_AHEAD))) {
                LOG.warnf(
                        "job %s: planned until %s, which is in the future (wrong clock?); planning resumes now",
                        job.id(), state.plannedUntil());
                changed.add(newState(job, now).withPause(state.pause()));
            } else if (!state.schedule()
                    .equals(JobTimetables.toJson(job.scheduling().schedule()))) {
                edited.add(state);
                // One lock per job: large catalogues are applied in several transactions.
                if (edited.size() == BATCH) {
                    break;
                }
            } else if (state.nextAt() == null) {
                // Written without planning; the next scheduling cycle finds what has fallen due since.
                changed.add(replanned(state, job));
            }
        }
        for (var state : planner.plan(transaction, readable(edited, changed, now))) {
            var job = catalogue.find(state.job()).orElseThrow();
            LOG.infof("job %s: schedule changed to %s", job.id(), job.cronExpressions());
            changed.add(replanned(state, job));
        }
        states.save(transaction, changed);
        markRemoved(transaction, before);
        return edited.size();
    }

    // A stored schedule that this version cannot read is replaced; its fires up to now cannot be known.
    private List<JobState> readable(List<JobState> edited, List<JobState> changed, Instant now) {
        return edited.stream()
                .filter(state -> {
                    try {
                        timetables.fromJson(state.schedule());
                        return true;
                    } catch (RuntimeException e) {
                        LOG.warnf(
                                "job %s: its stored schedule cannot be read, planning resumes now: %s",
                                state.job(), DatabaseRetry.describe(e));
                        var job = catalogue.find(state.job()).orElseThrow();
                        changed.add(newState(job, now).withPause(state.pause()));
                        return false;
                    }
                })
                .toList();
    }

    private JobState newState(JobDefinition job, Instant now) {
        return replanned(new JobState(job.id(), null, now, null, false, null), job);
    }

    private JobState replanned(JobState state, JobDefinition job) {
        var text = JobTimetables.toJson(job.scheduling().schedule());
        return FirePlanner.advanced(state, text, timetables.fromJson(text), state.plannedUntil());
    }

    private void markRemoved(SqlQueries transaction, Map<String, JobState> before) {
        int removed = transaction.update(
                "update automation.job_state set removed = true, next_at = null where not removed and job <> all ($1)",
                (Object) catalogue.ids().toArray(String[]::new));
        cancelRunsOfRemovedJobs(transaction);
        if (removed > 0) {
            var gone = before.keySet().stream()
                    .filter(job -> catalogue.find(job).isEmpty())
                    .sorted()
                    .toList();
            LOG.infof("Jobs removed from the catalogue: %s", gone);
        }
    }

    // A run that a worker has accepted ends by itself.
    private void cancelRunsOfRemovedJobs(SqlQueries transaction) {
        var error = RunError.cancelled("The job is no longer in the catalogue, so its waiting run was ended.");
        ledger.save(
                transaction,
                RunLocks.unrequestedOfOtherJobs(transaction, catalogue.ids()).stream()
                        .map(run -> run.cancelled("the scheduler: job removed", error, planner.now()))
                        .toList());
    }
}
