package ca.assistantgazelle.simulation;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.planning.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is simulated.
 *
 * @param from first local date whose fires are told
 * @param to the date after the last one
 * @param outages periods without any scheduler; workers go on
 * @param pauses jobs that are paused for a while
 * @param lasts how long attempts of a job last, instead of its expected duration
 * @param fails how many attempts of each run of a job fail before one succeeds
 */
public record Scenario(
    JobCatalogue catalogue,
    LocalDate from,
    LocalDate to,
    List<Outage> outages,
    List<JobPause> pauses,
    Map<String, Duration> lasts,
    Map<String, Integer> fails) {
  /** No scheduler runs from one instant to before another. */
  public record Outage(Instant from, Instant to) {}

  /** Somebody pauses a job at one instant and lets it go on at another. */
  public record JobPause(String job, Outage period, CatchUp catchUp) {}

  Duration lasts(Job job) {
    return lasts.getOrDefault(job.id(), job.expected());
  }

  boolean succeeds(Job job, int attempt) {
    return attempt > fails.getOrDefault(job.id(), 0);
  }

  Optional<Outage> outageAt(Instant now) {
    return outages.stream()
        .filter(outage -> !now.isBefore(outage.from()) && now.isBefore(outage.to()))
        .findFirst();
  }
}
