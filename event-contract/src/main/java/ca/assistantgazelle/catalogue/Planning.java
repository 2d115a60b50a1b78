package ca.assistantgazelle.catalogue;

import ca.assistantgazelle.timetable.CronExpression;
import ca.assistantgazelle.timetable.Schedule;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a job is planned, and what becomes of a fire that cannot simply start.
 *
 * @param schedule the planned local times
 * @param misfire for what passed while no scheduler ran
 * @param catchUpCap the most missed fires that get a row each, or run, at one time
 * @param overlap for a fire that meets an open run of its job
 * @param after whom it waits for, or null
 * @param fresh how recent data must be
 * @param overdueAfter how long after its fire a success may take before somebody is told; null when
 *     nobody watches
 * @param runWith parameters of every planned run
 * @param runWithAt further parameters of those that a cron expression names
 */
public record Planning(
    Schedule schedule,
    MisfirePolicy misfire,
    int catchUpCap,
    OverlapPolicy overlap,
    Dependency after,
    List<Freshness> fresh,
    Duration overdueAfter,
    Map<String, Object> runWith,
    Map<String, Map<String, Object>> runWithAt) {
  private static final int USUAL_CAP = 100;

  public Planning {
    misfire = misfire == null ? MisfirePolicy.LAST : misfire;
    catchUpCap = catchUpCap == 0 ? USUAL_CAP : catchUpCap;
    overlap = overlap == null ? OverlapPolicy.SKIP : overlap;
    fresh = fresh == null ? List.of() : List.copyOf(fresh);
    // Not copied as immutable maps, which would refuse a missing value before it can be named.
    runWith = runWith == null ? Map.of() : new LinkedHashMap<>(runWith);
    runWithAt = runWithAt == null ? Map.of() : new LinkedHashMap<>(runWithAt);
  }

  public Optional<Dependency> dependency() {
    return Optional.ofNullable(after);
  }

  /** What the run of this fire is started with. */
  public Map<String, Object> parameters(LocalDateTime nominal) {
    var parameters = new LinkedHashMap<>(runWith);
    runWithAt.forEach(
        (cron, more) -> {
          if (CronExpression.parse(cron).names(nominal)) {
            parameters.putAll(more);
          }
        });
    return Map.copyOf(parameters);
  }
}
