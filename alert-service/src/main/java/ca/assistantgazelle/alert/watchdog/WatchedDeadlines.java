package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import jakarta.inject.Singleton;
import java.util.List;

/** The jobs that have a deadline in this environment. */
@Singleton
class WatchedDeadlines {
    record WatchedJob(JobDefinition job, Timetable timetable) {}

    private final List<WatchedJob> watchedJobs;

    WatchedDeadlines(JobCatalogue catalogue, EnvironmentConfig config) {
        boolean planned = config.enabled() && catalogue.environment() != DeploymentEnvironment.LOCAL;
        this.watchedJobs = planned
                ? catalogue.jobs().stream()
                        .filter(job -> job.scheduling().overdueAfter() != null
                                && !job.cronExpressions().isEmpty())
                        .map(job ->
                                new WatchedJob(job, job.scheduling().schedule().timetable()))
                        .toList()
                : List.of();
    }

    List<WatchedJob> watchedJobs() {
        return watchedJobs;
    }
}
