package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import jakarta.inject.Singleton;
import java.util.List;

/** The jobs that have a deadline where this system runs. */
@Singleton
class Deadlines {
  record Watched(JobDefinition job, Timetable timetable) {}

  private final List<Watched> watched;

  Deadlines(JobCatalogue catalogue, EnvironmentConfig config) {
    boolean planned = config.enabled() && catalogue.environment() != DeploymentEnvironment.LOCAL;
    this.watched =
        planned
            ? catalogue.jobs().stream()
                .filter(
                    job ->
                        job.scheduling().overdueAfter() != null && !job.cronExpressions().isEmpty())
                .map(job -> new Watched(job, job.scheduling().schedule().timetable()))
                .toList()
            : List.of();
  }

  List<Watched> watched() {
    return watched;
  }
}
