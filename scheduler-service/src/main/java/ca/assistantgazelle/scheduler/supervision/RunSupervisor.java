package ca.assistantgazelle.scheduler.supervision;

import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Looks regularly for runs that would stay open: expired ones, and ones whose outcome was lost. */
@Singleton
class RunSupervisor {
    private static final Duration EXPIRY_PERIOD = Duration.ofSeconds(5);

    private final RunExpirer expirer;
    private final OutcomeReconciler reconciler;
    private final Duration reconciliationPeriod;
    private PeriodicTask expiry;
    private PeriodicTask reconciliation;

    RunSupervisor(RunExpirer expirer, OutcomeReconciler reconciler, LostAttemptConfig config) {
        this.expirer = expirer;
        this.reconciler = reconciler;
        this.reconciliationPeriod = config.outcomeGrace().dividedBy(10);
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        expiry = PeriodicTask.start("run expirer", EXPIRY_PERIOD, () -> {
            expirer.expireOverdue();
            return false;
        });
        reconciliation = PeriodicTask.start("outcome reconciler", reconciliationPeriod, () -> {
            reconciler.reconcile();
            return false;
        });
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        expiry.close();
        reconciliation.close();
    }
}
