package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunWait;
import ca.assistantgazelle.scheduler.planning.FireDecision.FireAction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the decision about a due fire into the run that is written for it. */
@Singleton
public class PlannedRunFactory {
    private final JobTimetables timetables;
    private final JobCatalogue catalogue;
    private final RunIdGenerator ids;

    public PlannedRunFactory(JobTimetables timetables, JobCatalogue catalogue, RunIdGenerator ids) {
        this.timetables = timetables;
        this.catalogue = catalogue;
        this.ids = ids;
    }

    /** @param successes when the jobs that the job's data depends on last succeeded */
    PlannedRun judge(Timetable timetable, FirePolicy policy, FireDecision decision, Map<String, Instant> successes) {
        var job = policy.job();
        if (decision.action() == FireAction.NONE) {
            return planned(timetable, policy, decision, null);
        }
        var dependency = dependency(job, decision.fire().at(), waitStart(policy, decision.fire()));
        if (dependency.isPresent()) {
            return planned(timetable, policy, decision, dependency.get());
        }
        if (decision.action() != FireAction.START) {
            return planned(timetable, policy, decision, RunWait.OVERLAP);
        }
        var stale = DataFreshness.check(job, successes, policy.now());
        if (stale.isPresent() && stale.get().preventsRun()) {
            var skipped = FireDecision.skip(
                    decision.fire(), FireDisposition.SKIPPED_STALE, stale.get().reason());
            return planned(timetable, policy, skipped, null);
        }
        var note = joinNotes(decision.reason(), stale.map(StaleData::reason).orElse(null));
        return planned(timetable, policy, FireDecision.run(decision.fire(), FireAction.START, note), null);
    }

    static String joinNotes(String... parts) {
        var present =
                Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList();
        return present.isEmpty() ? null : String.join("; ", present);
    }

    private PlannedRun planned(Timetable timetable, FirePolicy policy, FireDecision decision, RunWait wait) {
        var job = policy.job();
        var fire = decision.fire();
        boolean runs = decision.action() != FireAction.NONE;
        var run = JobRun.create(
                ids.next(),
                job.id(),
                policy.isLate(fire) && runs ? RunCause.CATCH_UP : RunCause.SCHEDULED,
                new RunFire(
                        fire.key(),
                        fire.nominal().toString(),
                        timetable.zone().getId(),
                        fire.at(),
                        fire.at().plus(job.maxLateness())),
                job.scheduling().parametersAt(fire.nominal()),
                null,
                runs
                        ? RunState.queued(decision.reason(), job.attempts())
                        : RunState.notRun(decision.disposition().name(), decision.reason(), job.attempts()),
                wait,
                policy.now());
        return new PlannedRun(job, run, decision);
    }

    /**
     * The wait of a run for the fire of the job that it follows, by that job's timetable; empty when there is none.
     *
     * @param fireAt when the run was due
     * @param waitsFrom when the wait begins
     */
    Optional<RunWait> dependency(JobDefinition job, Instant fireAt, Instant waitsFrom) {
        return job.scheduling().dependency().flatMap(after -> {
            var schedule =
                    catalogue.find(after.job()).orElseThrow().scheduling().schedule();
            if (schedule.cron().isEmpty()) {
                return Optional.empty();
            }
            var from = fireAt.minus(after.firedWithin()).minus(Duration.ofNanos(1));
            return timetables.fromJson(JobTimetables.toJson(schedule)).fires(from, fireAt).stream()
                    .filter(PlannedFire::runs)
                    .reduce((earlier, later) -> later)
                    .map(awaited -> RunWait.dependency(waitsFrom.plus(after.waitAtMost()), after.job(), awaited.key()));
        });
    }

    // On time, the wait is counted from the planned instant; for a catch-up, from now.
    private static Instant waitStart(FirePolicy policy, PlannedFire fire) {
        return policy.isLate(fire) ? policy.now() : fire.at();
    }
}
