package ca.assistantgazelle.scheduler.retention;

import ca.assistantgazelle.runtime.task.PeriodicTask;
import ca.assistantgazelle.scheduler.planning.SchedulingCycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Looks every few minutes whether old rows must be deleted. */
@Singleton
class RetentionTask {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final RetentionJob job;
    private final RetentionConfig config;
    private final SchedulingCycle schedulingCycle;
    private PeriodicTask task;

    RetentionTask(RetentionJob job, RetentionConfig config, SchedulingCycle schedulingCycle) {
        this.job = job;
        this.config = config;
        this.schedulingCycle = schedulingCycle;
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        config.requireValid();
        if (schedulingCycle.planningEnabled()) {
            task = PeriodicTask.startDelayed("retention", PERIOD, () -> {
                job.runWhenDue();
                return false;
            });
        }
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        if (task != null) {
            task.close();
        }
    }
}
