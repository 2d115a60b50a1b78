package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.settings.SchedulerConfig;
import ca.assistantgazelle.timetable.Timetable;
import jakarta.inject.Singleton;
import java.util.List;

/** The jobs that have a deadline where this system runs. */
@Singleton
class Deadlines {
  record Watched(Job job, Timetable timetable) {}

  private final List<Watched> watched;

  Deadlines(JobCatalogue catalogue, SchedulerConfig config) {
    boolean planned = config.enabled() && catalogue.environment() != Environment.LOCAL;
    this.watched =
        planned
            ? catalogue.jobs().stream()
                .filter(job -> job.planning().overdueAfter() != null && !job.schedule().isEmpty())
                .map(job -> new Watched(job, job.planning().schedule().timetable()))
                .toList()
            : List.of();
  }

  List<Watched> watched() {
    return watched;
  }
}
