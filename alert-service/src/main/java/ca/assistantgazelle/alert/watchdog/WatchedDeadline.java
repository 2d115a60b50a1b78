package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.contract.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest fire of a job whose success is due. Pure; follows shifted fires on days of clock changes.
 *
 * @param at when the fire's run must have succeeded
 */
record WatchedDeadline(JobDefinition job, PlannedFire fire, Instant at) {
    /** Older deadlines are ignored: reporting them would come too late to help. */
    private static final Duration LOOKBACK = Duration.ofDays(2);

    /** @param since when the job began to be watched; earlier fires are ignored */
    static Optional<WatchedDeadline> latest(JobDefinition job, Timetable timetable, Instant since, Instant now) {
        var allowed = job.scheduling().overdueAfter();
        var until = now.minus(allowed);
        var after = since.isAfter(until.minus(LOOKBACK)) ? since : until.minus(LOOKBACK);
        if (!after.isBefore(until)) {
            return Optional.empty();
        }
        return timetable.fires(after, until).stream()
                .filter(PlannedFire::runs)
                .reduce((earlier, later) -> later)
                .map(fire -> new WatchedDeadline(job, fire, fire.at().plus(allowed)));
    }
}
