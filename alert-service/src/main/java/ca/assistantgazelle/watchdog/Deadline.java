package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.contract.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest fire of a job whose success is due by now. Pure; follows the shifted fire on the days
 * of clock changes.
 *
 * @param at when it had to have succeeded
 */
record Deadline(JobDefinition job, PlannedFire fire, Instant at) {
  /** Older deadlines are history: their news would come too late to help. */
  private static final Duration REACH = Duration.ofDays(2);

  /**
   * @param since the job is watched from here on; earlier fires are nobody's concern
   */
  static Optional<Deadline> latest(
      JobDefinition job, Timetable timetable, Instant since, Instant now) {
    var allowed = job.scheduling().overdueAfter();
    var until = now.minus(allowed);
    var after = since.isAfter(until.minus(REACH)) ? since : until.minus(REACH);
    if (!after.isBefore(until)) {
      return Optional.empty();
    }
    return timetable.fires(after, until).stream()
        .filter(PlannedFire::runs)
        .reduce((earlier, later) -> later)
        .map(fire -> new Deadline(job, fire, fire.at().plus(allowed)));
  }
}
