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
        if (decision.action() != FireAction.START) {
            return planned(timetable, policy, decision, RunWait.OVERLAP);
        }
        var awaited = awaitedFire(job, decision.fire());
        if (awaited.isPresent()) {
            var wait = RunWait.dependency(
                    waitDeadline(policy, decision.fire()),
                    job.scheduling().after().job(),
                    awaited.get().key());
            return planned(timetable, policy, decision, wait);
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

    /** The fire that the job waits for, by the other job's timetable; empty when there is none. */
    private Optional<PlannedFire> awaitedFire(JobDefinition job, PlannedFire fire) {
        return job.scheduling().dependency().flatMap(after -> {
            var schedule =
                    catalogue.find(after.job()).orElseThrow().scheduling().schedule();
            if (schedule.cron().isEmpty()) {
                return Optional.empty();
            }
            var from = fire.at().minus(after.firedWithin()).minus(Duration.ofNanos(1));
            return timetables.fromJson(JobTimetables.toJson(schedule)).fires(from, fire.at()).stream()
                    .filter(PlannedFire::runs)
                    .reduce((earlier, later) -> later);
        });
    }

    // On time, the wait is counted from the planned instant; for a catch-up, from now.
    private static Instant waitDeadline(FirePolicy policy, PlannedFire fire) {
        return (policy.isLate(fire) ? policy.now() : fire.at())
                .plus(policy.job().scheduling().after().waitAtMost());
    }
}
