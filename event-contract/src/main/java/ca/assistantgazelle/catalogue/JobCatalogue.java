package ca.assistantgazelle.catalogue;

import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All jobs of one environment, in the catalogue's order. */
public final class JobCatalogue {
  private final Environment environment;
  private final ZoneId zone;
  private final Map<String, Job> jobs;

  JobCatalogue(Environment environment, ZoneId zone, List<Job> jobs) {
    this.environment = environment;
    this.zone = zone;
    this.jobs = new LinkedHashMap<>();
    jobs.forEach(job -> this.jobs.put(job.id(), job));
  }

  public Environment environment() {
    return environment;
  }

  /** The zone in which every schedule is read. */
  public ZoneId zone() {
    return zone;
  }

  public Collection<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  public List<String> ids() {
    return List.copyOf(jobs.keySet());
  }

  public Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }
}
