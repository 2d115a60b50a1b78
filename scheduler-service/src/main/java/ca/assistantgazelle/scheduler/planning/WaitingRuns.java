package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts waiting runs once the run they wait for has ended, with whatever result, or the wait has
 * timed out.
 */
@Singleton
public class WaitingRuns {
  private static final int BATCH = 500;

  private final Database database;
  private final Outbox outbox;
  private final DataFreshness dataFreshness;
  private final JobCatalogue catalogue;
  private final Clock clock;

  public WaitingRuns(
      Database database,
      Outbox outbox,
      DataFreshness dataAge,
      JobCatalogue catalogue,
      Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.dataFreshness = dataAge;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  private record WaitingRun(JobRun run, String awaitedStatus) {
    static WaitingRun of(Row row) {
      return new WaitingRun(JobRun.fromRow(row), row.getString("awaited_status"));
    }
  }

  private record RunRelease(
      JobRun run, String reason, Instant notAfter, boolean starts, String disposition) {}

  /** Starts a batch of waiting runs; returns their number. */
  public int releaseReady() {
    return database.inTransaction(
        transaction -> {
          var ready = findReady(transaction, clock.instant());
          release(transaction, ready);
          return ready.size();
        });
  }

  private List<WaitingRun> findReady(SqlQueries transaction, Instant now) {
    return transaction
        .list(
            """
            select r.*, awaited.status as awaited_status
            from automation.run r
            left join automation.run awaited on awaited.job = r.awaited_job and awaited.fire_key = r.awaited_key
            where r.status = 'queued' and (
              r.held = 'AFTER' and (awaited.status not in ('queued', 'running', 'waiting_retry') or r.held_until <= $1
                or awaited.run_id is null and exists (
                  select from automation.job_state past
                  where past.job = r.awaited_job and past.planned_until >= r.scheduled_for))
              or r.held = 'TURN' and not exists (
                select from automation.run other
                where other.job = r.job and other.status in ('queued', 'running', 'waiting_retry')
                  and other.run_id <> r.run_id
                  and (other.held is distinct from 'TURN'
                    or (other.created_at, other.scheduled_for, other.run_id) < (r.created_at, r.scheduled_for, r.run_id))))
            order by r.created_at, r.scheduled_for
            limit $2
            for update of r skip locked
            """,
            WaitingRun::of,
            now.atOffset(ZoneOffset.UTC),
            BATCH)
        .stream()
        // Jobs that only another catalogue version knows are started by the schedulers with that
        // version.
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
    var releases =
        ready.stream()
            .map(
                waiting ->
                    release(waiting, DataFreshness.check(job(waiting.run()), successes, now), now))
            .toList();
    save(transaction, releases, now);
    outbox.addTriggers(
        transaction,
        releases.stream()
            .filter(RunRelease::starts)
            .map(
                one ->
                    new Outbox.AddressedTrigger(
                        job(one.run()).worker().triggerTopic(),
                        one.run().trigger(one.run().attempt(), one.run().cause(), one.notAfter()),
                        one.run().traceparent()))
            .toList());
  }

  private RunRelease release(
      WaitingRun waiting, Optional<DataFreshness.StaleData> stale, Instant now) {
    var run = waiting.run();
    // The time spent waiting must not count against the time for a worker to accept the trigger.
    var notAfter =
        run.notAfter() == null || !run.notAfter().isAfter(now)
            ? now.plus(job(run).maxLateness())
            : run.notAfter();
    if (stale.isPresent() && stale.get().preventsRun()) {
      return new RunRelease(
          run, stale.get().reason(), notAfter, false, FireDisposition.SKIPPED_STALE.name());
    }
    var reason =
        FirePlanner.joinReasons(
            run.reason(),
            waitResult(waiting),
            stale.map(DataFreshness.StaleData::reason).orElse(null));
    return new RunRelease(run, reason, notAfter, true, null);
  }

  private static String waitResult(WaitingRun waiting) {
    var run = waiting.run();
    if (run.waitReason() == JobRun.WaitReason.TURN) {
      return "started after the earlier run of the job had ended";
    }
    var awaited = run.waitsForJob() + " of " + run.waitsForKey();
    var status = waiting.awaitedStatus();
    boolean ended =
        status != null && !List.of("queued", "running", "waiting_retry").contains(status);
    return ended
        ? "started after " + awaited + ", which ended " + status
        : "started without waiting any longer for "
            + awaited
            + ", which had not ended by "
            + run.waitUntil();
  }

  private void save(SqlQueries transaction, List<RunRelease> releases, Instant now) {
    transaction.update(
        """
        update automation.run r
        set held = null, reason = u.reason, not_after = u.not_after, disposition = u.disposition,
          status = case when u.starts then r.status else 'not_run' end,
          finished_at = case when u.starts then null else $6::timestamptz end
        from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::boolean[], $5::text[])
          as u (run_id, reason, not_after, starts, disposition)
        where r.run_id = u.run_id
        """,
        releases.stream().map(one -> one.run().runId()).toArray(UUID[]::new),
        releases.stream().map(RunRelease::reason).toArray(String[]::new),
        releases.stream()
            .map(one -> one.notAfter().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        releases.stream().map(RunRelease::starts).toArray(Boolean[]::new),
        releases.stream().map(RunRelease::disposition).toArray(String[]::new),
        now.atOffset(ZoneOffset.UTC));
  }

  private JobDefinition job(JobRun run) {
    return Objects.requireNonNull(catalogue.find(run.job()).orElse(null));
  }
}
