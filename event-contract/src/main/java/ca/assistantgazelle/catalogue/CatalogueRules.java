package ca.assistantgazelle.catalogue;

import java.util.HashSet;
import java.util.List;

/** What must hold between the jobs of a catalogue, and within each. */
final class CatalogueRules {
  private CatalogueRules() {}

  static void check(String file, List<Job> jobs) {
    for (var job : jobs) {
      if (!job.id().matches("[a-z0-9_.-]{1,100}")) {
        throw refused(
            file, job, "[id]", "a job id has at most 100 small letters, digits and any of _ . -");
      }
      if (job.attempts() < 1 || job.attempts() > 100) {
        throw refused(
            file, job, "[attempts]", "attempts is " + job.attempts() + "; it must be 1 to 100");
      }
      job.planning()
          .dependency()
          .ifPresent(after -> requireJob(file, job, "[after]", after.job(), jobs));
      job.planning().fresh().forEach(fresh -> requireJob(file, job, "[fresh]", fresh.job(), jobs));
      requireNoCircle(file, job, jobs);
    }
  }

  private static void requireJob(String file, Job job, String key, String named, List<Job> jobs) {
    if (jobs.stream().noneMatch(other -> other.id().equals(named))) {
      throw refused(file, job, key, "names '" + named + "', which is no job of this catalogue");
    }
  }

  private static void requireNoCircle(String file, Job job, List<Job> jobs) {
    var seen = new HashSet<String>();
    var next = job;
    while (next != null && next.planning().after() != null) {
      if (!seen.add(next.id())) {
        throw refused(file, job, "[after]", "the jobs " + seen + " wait for each other");
      }
      var awaited = next.planning().after().job();
      next = jobs.stream().filter(other -> other.id().equals(awaited)).findFirst().orElse(null);
    }
  }

  private static InvalidCatalogueException refused(String file, Job job, String key, String why) {
    return new InvalidCatalogueException(file + ": job " + job.id() + ": key " + key + ": " + why);
  }
}
