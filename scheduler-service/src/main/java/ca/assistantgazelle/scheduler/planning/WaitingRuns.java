package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunRows;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.ledger.RunWait.WaitReason;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Starts waiting runs once the run they wait for has ended, with whatever result, or the wait has
 * timed out.
 */
@Singleton
public class WaitingRuns {
    private static final int BATCH = 500;

    private final Database database;
    private final RunLedger ledger;
    private final Outbox outbox;
    private final DataFreshness dataFreshness;
    private final JobCatalogue catalogue;
    private final Clock clock;

    public WaitingRuns(
            Database database,
            RunLedger ledger,
            Outbox outbox,
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

    private record WaitingRun(JobRun run, RunStatus awaitedStatus) {
        static WaitingRun of(Row row) {
            var awaited = row.getString("awaited_status");
            return new WaitingRun(
                    RunRows.fromRow(row),
                    awaited == null ? null : RunStatus.of(awaited).orElseThrow());
        }
    }

    /** Starts a batch of waiting runs; returns their number. */
    public int releaseReady() {
        return database.inTransaction(transaction -> {
            var ready = findReady(transaction, clock.instant());
            release(transaction, ready);
            return ready.size();
        });
    }

    private List<WaitingRun> findReady(SqlQueries transaction, Instant now) {
        return transaction.list("""
                select r.*, awaited.status as awaited_status
                from automation.run r
                left join automation.run awaited on awaited.job = r.waits_for_job and awaited.fire_key = r.waits_for_fire_key
                where r.status = 'queued' and (
                  r.wait_reason = 'DEPENDENCY' and (
                    awaited.status not in ('queued', 'running', 'waiting_retry') or r.wait_until <= $1
                    or awaited.run_id is null and exists (
                      select from automation.job_state past
                      where past.job = r.waits_for_job and past.planned_until >= r.scheduled_for))
                  or r.wait_reason = 'OVERLAP' and not exists (
                    select from automation.run other
                    where other.job = r.job and other.status in ('queued', 'running', 'waiting_retry')
                      and other.run_id <> r.run_id
                      and (other.wait_reason is distinct from 'OVERLAP'
                        or (other.created_at, other.scheduled_for, other.run_id) < (r.created_at, r.scheduled_for, r.run_id))))
                order by r.created_at, r.scheduled_for
                limit $2
                for update of r skip locked
                """, WaitingRun::of, now, BATCH).stream()
                // Jobs known only to another catalogue version are started by the schedulers using it.
                .filter(waiting -> catalogue.find(waiting.run().job()).isPresent())
                .toList();
    }

    private void release(SqlQueries transaction, List<WaitingRun> ready) {
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
                        .map(run -> new Outbox.AddressedTrigger(
                                job(run).worker().triggerTopic(), run.trigger(run.cause()), run.traceparent()))
                        .toList());
    }

    private JobRun release(WaitingRun waiting, Optional<DataFreshness.StaleData> stale, Instant now) {
        var run = waiting.run();
        if (stale.isPresent() && stale.get().preventsRun()) {
            return run.skipped(FireDisposition.SKIPPED_STALE.name(), stale.get().reason(), now);
        }
        // The time spent waiting must not count against the time for a worker to accept the trigger.
        var expiry = run.fire().notAfter();
        var notAfter = expiry == null || !expiry.isAfter(now) ? now.plus(job(run).maxLateness()) : expiry;
        var note = FireJudgement.joinNotes(
                run.state().planNote(),
                waitResult(waiting),
                stale.map(DataFreshness.StaleData::reason).orElse(null));
        return run.released(note, notAfter);
    }

    private static String waitResult(WaitingRun waiting) {
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
