package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One scheduling cycle: processes due fires, waiting runs and retries. */
@Singleton
public class SchedulingCycle {
    /** Interval of the check that job states still exist. */
    private static final Duration CHECK_INTERVAL = Duration.ofHours(1);

    /** The same while no fire is planned. */
    private static final Duration IDLE_CHECK_INTERVAL = Duration.ofMinutes(1);

    private final Database database;
    private final CatalogueReconciler reconciler;
    private final FirePlanner planner;
    private final WaitingRunDispatcher waitingRuns;
    private final RetryDispatcher retryDispatcher;
    private final boolean planningEnabled;
    private boolean reconciled;
    private Instant lastCheck = Instant.EPOCH;

    public SchedulingCycle(
            Database database,
            CatalogueReconciler reconciler,
            FirePlanner planner,
            WaitingRunDispatcher waitingRuns,
            RetryDispatcher retryDispatcher,
            JobCatalogue catalogue,
            EnvironmentConfig config) {
        this.database = database;
        this.reconciler = reconciler;
        this.planner = planner;
        this.waitingRuns = waitingRuns;
        this.retryDispatcher = retryDispatcher;
        this.planningEnabled = config.enabled() && catalogue.environment() != DeploymentEnvironment.LOCAL;
    }

    /** Whether fires are planned; manual runs and their retries work in either case. */
    public boolean planningEnabled() {
        return planningEnabled;
    }

    /**
     * Processes everything that is due now.
     *
     * @return the next due time; empty if nothing is scheduled
     */
    public synchronized Optional<Instant> runOnce() {
        if (planningEnabled && !reconciled) {
            reconciler.reconcile();
            reconciled = true;
        }
        var outlook = NextDueTime.query(database, planner.excludedJobs(), planner.now());
        if (planningEnabled && isStateMissing(outlook)) {
            reconciler.reconcile();
            outlook = NextDueTime.query(database, planner.excludedJobs(), planner.now());
        }
        while (processDue(outlook) > 0) {
            outlook = NextDueTime.query(database, planner.excludedJobs(), planner.now());
        }
        return outlook.earliest(planningEnabled);
    }

    // After a database restore, jobs may have no rows; without them nothing would be planned, and
    // that would go unnoticed.
    private boolean isStateMissing(NextDueTime outlook) {
        var pause = outlook.nextFire() == null ? IDLE_CHECK_INTERVAL : CHECK_INTERVAL;
        var now = planner.now();
        if (now.isBefore(lastCheck.plus(pause))) {
            return false;
        }
        lastCheck = now;
        return reconciler.hasMissingJobs();
    }

    private int processDue(NextDueTime outlook) {
        int done = 0;
        if (planningEnabled && NextDueTime.isDue(outlook.nextFire(), planner.now())) {
            done += planner.planDue();
        }
        if (outlook.anyWaiting()) {
            done += waitingRuns.releaseReady();
        }
        if (NextDueTime.isDue(outlook.nextRetry(), planner.now())) {
            done += retryDispatcher.startDue();
        }
        return done;
    }
}
