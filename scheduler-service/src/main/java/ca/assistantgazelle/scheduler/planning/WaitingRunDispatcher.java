package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.ReleasableRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunWait.WaitReason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts waiting runs once the run they wait for has ended, with whatever result, or the wait has timed out. */
@Singleton
public class WaitingRunDispatcher {
    private static final int BATCH = 500;

    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final DataFreshness dataFreshness;
    private final JobCatalogue catalogue;
    private final Clock clock;

    public WaitingRunDispatcher(
            Database database,
            RunLedger ledger,
            EventOutbox outbox,
            DataFreshness dataFreshness,
            JobCatalogue catalogue,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.dataFreshness = dataFreshness;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Starts a batch of waiting runs; returns their number. */
    public int releaseReady() {
        return database.inTransaction(transaction -> {
            var ready = findReady(transaction, clock.instant());
            release(transaction, ready);
            return ready.size();
        });
    }

    private List<ReleasableRun> findReady(SqlQueries transaction, Instant now) {
        return RunLocks.releasable(transaction, now, BATCH).stream()
                // Jobs known only to another catalogue version are started by the schedulers using it.
                .filter(waiting -> catalogue.find(waiting.run().job()).isPresent())
                .toList();
    }

    private void release(SqlQueries transaction, List<ReleasableRun> ready) {
        if (ready.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var jobs = ready.stream().map(waiting -> job(waiting.run())).distinct().toList();
        var successes = dataFreshness.lastSuccesses(transaction, jobs);
        var released = ready.stream()
                .map(waiting -> release(waiting, DataFreshness.check(job(waiting.run()), successes, now), now))
                .toList();
        ledger.save(transaction, released);
        outbox.addTriggers(
                transaction,
                released.stream()
                        .filter(JobRun::isOpen)
                        .map(run -> new EventOutbox.AddressedTrigger(
                                job(run).worker().triggerTopic(), run.trigger(run.cause()), run.traceparent()))
                        .toList());
    }

    private JobRun release(ReleasableRun waiting, Optional<StaleData> stale, Instant now) {
        var run = waiting.run();
        if (stale.isPresent() && stale.get().preventsRun()) {
            return run.skipped(FireDisposition.SKIPPED_STALE.name(), stale.get().reason(), now);
        }
        var note = PlannedRunFactory.joinNotes(
                run.state().planNote(),
                waitResult(waiting),
                stale.map(StaleData::reason).orElse(null));
        return run.released(note);
    }

    private static String waitResult(ReleasableRun waiting) {
        var wait = waiting.run().waitsFor();
        if (wait.reason() == WaitReason.OVERLAP) {
            return "started after the earlier run of the job had ended";
        }
        var awaited = wait.job() + " of " + wait.fireKey();
        var status = waiting.awaitedStatus();
        return status != null && !status.isOpen()
                ? "started after " + awaited + ", which ended with " + status.value()
                : "started without waiting any longer for " + awaited + ", which had not ended by " + wait.until();
    }

    private JobDefinition job(JobRun run) {
        return catalogue.find(run.job()).orElseThrow();
    }
}
