package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.planning.FireDecision.FireAction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Writes the row of every due fire to the ledger. Any number of schedulers share the jobs: each locks those that no
 * other one is planning, and writes rows and triggers in one transaction.
 */
@Singleton
public class FirePlanner {
    private static final Logger LOG = Logger.getLogger(FirePlanner.class);
    private static final int BATCH_SIZE = 500;

    private final Database database;
    private final JobStateStore states;
    private final JobTimetables timetables;
    private final RunLedger ledger;
    private final PlannedRunFactory judgement;
    private final EventOutbox outbox;
    private final DataFreshness dataFreshness;
    private final RunCancellation cancellation;
    private final MissedRunPublisher missedRunPublisher;
    private final JobCatalogue catalogue;
    private final Clock clock;
    private final PlanningFailures failures;
    private final Set<String> unknownJobs = ConcurrentHashMap.newKeySet();

    public FirePlanner(
            Database database,
            JobStateStore states,
            JobTimetables timetables,
            RunLedger ledger,
            PlannedRunFactory judgement,
            EventOutbox outbox,
            DataFreshness dataFreshness,
            RunCancellation cancellation,
            MissedRunPublisher missedRunPublisher,
            PlanningFailures failures,
            JobCatalogue catalogue,
            Clock clock) {
        this.database = database;
        this.states = states;
        this.timetables = timetables;
        this.ledger = ledger;
        this.judgement = judgement;
        this.outbox = outbox;
        this.dataFreshness = dataFreshness;
        this.cancellation = cancellation;
        this.missedRunPublisher = missedRunPublisher;
        this.catalogue = catalogue;
        this.clock = clock;
        this.failures = failures;
    }

    /** Plans a batch of due jobs; returns their number. A job that cannot be planned does not stop the others. */
    public int planDue() {
        try {
            var planned = database.inTransaction(transaction -> plan(transaction, claimDue(transaction)));
            planned.forEach(state -> failures.planned(state.job()));
            return planned.size();
        } catch (RuntimeException e) {
            if (DatabaseRetry.isUnavailable(e)) {
                throw e;
            }
            LOG.warnf("Failed to plan a batch of jobs, planning them one by one: %s", DatabaseRetry.describe(e));
            return planOneByOne();
        }
    }

    private List<JobState> claimDue(SqlQueries transaction) {
        var due = states.claimDue(transaction, now(), BATCH_SIZE, excludedJobs());
        for (var state : due) {
            if (catalogue.find(state.job()).isEmpty()) {
                // The job belongs to a newer catalogue and is planned by the schedulers that have it.
                unknownJobs.add(state.job());
            }
        }
        return due;
    }

    private int planOneByOne() {
        int planned = 0;
        for (var due : database.inTransaction(this::claimDue)) {
            try {
                planned += database.inTransaction(transaction -> plan(
                                transaction,
                                states.lock(transaction, due.job()).stream().toList())
                        .size());
                failures.planned(due.job());
            } catch (RuntimeException e) {
                if (DatabaseRetry.isUnavailable(e)) {
                    throw e;
                }
                failures.failed(due.job(), e, now());
            }
        }
        return planned;
    }

    /**
     * Writes the rows of all fires of these jobs up to now.
     *
     * @param held rows locked by this transaction
     * @return the new states of the jobs
     */
    List<JobState> plan(SqlQueries transaction, List<JobState> held) {
        var known = held.stream()
                .filter(state -> catalogue.find(state.job()).isPresent())
                .toList();
        if (known.isEmpty()) {
            return List.of();
        }
        var names = known.stream().map(JobState::job).toList();
        ledger.lockJobs(transaction, names);
        var open = ledger.findOpenRuns(transaction, names).stream().collect(Collectors.groupingBy(JobRun::job));
        var successes = dataFreshness.lastSuccesses(
                transaction,
                names.stream().map(name -> catalogue.find(name).orElseThrow()).toList());
        // Read the clock after acquiring the locks, which may have blocked.
        var now = now();
        var planned = new ArrayList<PlannedRun>();
        var after = new ArrayList<JobState>();
        for (var state : known) {
            var timetable = timetables.fromJson(state.schedule());
            var job = catalogue.find(state.job()).orElseThrow();
            var policy = new FirePolicy(job, now, state.pause(), open.getOrDefault(job.id(), List.of()));
            var decisions = policy.decide(timetable.fires(state.plannedUntil(), now));
            decisions.forEach(decision -> planned.add(judgement.judge(timetable, policy, decision, successes)));
            after.add(advanced(state, state.schedule(), timetable, now));
        }
        write(transaction, planned, open);
        states.advance(transaction, after);
        return after;
    }

    /** The job's state planned up to now, with the given schedule from now on. */
    static JobState advanced(JobState state, String schedule, Timetable timetable, Instant now) {
        // If the clock was set back, the same fires must not be planned again.
        var until = now.isAfter(state.plannedUntil()) ? now : state.plannedUntil();
        return state.withPosition(
                schedule, until, timetable.next(until).map(PlannedFire::at).orElse(null));
    }

    /** Jobs that are not planned at present: known only to another catalogue version, or planned without success. */
    Set<String> excludedJobs() {
        var excluded = new HashSet<>(unknownJobs);
        excluded.addAll(failures.postponed(now()));
        return excluded;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    // As they are now: since they were read, one may have ended or moved on.
    private void cancelOthers(SqlQueries transaction, List<JobRun> others) {
        RunLocks.byId(transaction, others.stream().map(JobRun::runId).toList()).stream()
                .filter(JobRun::isOpen)
                .forEach(other -> cancellation.cancel(transaction, other, "the overlap policy"));
    }

    private void write(SqlQueries transaction, List<PlannedRun> planned, Map<String, List<JobRun>> open) {
        if (planned.isEmpty()) {
            return;
        }
        var written =
                ledger.create(transaction, planned.stream().map(PlannedRun::run).toList());
        var fresh = planned.stream()
                .filter(one -> written.contains(one.run().runId()))
                .toList();
        outbox.addTriggers(
                transaction,
                fresh.stream()
                        .filter(PlannedRun::starts)
                        .map(one -> new EventOutbox.AddressedTrigger(
                                one.job().worker().triggerTopic(),
                                one.run().trigger(one.run().cause()),
                                one.run().traceparent()))
                        .toList());
        fresh.stream()
                .filter(one -> one.decision().action() == FireAction.CANCEL_OTHER)
                .forEach(one -> cancelOthers(transaction, open.get(one.job().id())));
        missedRunPublisher.publish(transaction, fresh);
        fresh.forEach(FirePlanner::log);
    }

    private static void log(PlannedRun planned) {
        var run = planned.run();
        LOG.infof(
                "run %s job %s of %s: %s%s",
                run.runId(),
                run.job(),
                run.fire().nominal(),
                planned.starts()
                        ? "triggered"
                        : run.waitsFor() == null
                                ? run.state().disposition()
                                : "waiting: " + run.waitsFor().reason(),
                run.state().planNote() == null ? "" : ", " + run.state().planNote());
    }
}
