package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
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
 * Starts runs that were held back, once what they wait for has ended one way or another, or has
 * taken too long.
 */
@Singleton
public class Holds {
  private static final int BATCH = 500;

  private final Database database;
  private final Outbox outbox;
  private final DataAge dataAge;
  private final JobCatalogue catalogue;
  private final Clock clock;

  public Holds(
      Database database, Outbox outbox, DataAge dataAge, JobCatalogue catalogue, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.dataAge = dataAge;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  private record Waiting(Run run, String awaitedStatus) {
    static Waiting of(Row row) {
      return new Waiting(Run.read(row), row.getString("awaited_status"));
    }
  }

  private record Release(
      Run run, String reason, Instant notAfter, boolean starts, String disposition) {}

  /** Starts a batch; how many there were. */
  public int releaseReady() {
    return database.inTransaction(
        transaction -> {
          var ready = ready(transaction, clock.instant());
          release(transaction, ready);
          return ready.size();
        });
  }

  private List<Waiting> ready(Queries transaction, Instant now) {
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
            Waiting::of,
            now.atOffset(ZoneOffset.UTC),
            BATCH)
        .stream()
        // A job that only another version of the catalogue knows is that version's to start.
        .filter(waiting -> catalogue.find(waiting.run().job()).isPresent())
        .toList();
  }

  private void release(Queries transaction, List<Waiting> ready) {
    if (ready.isEmpty()) {
      return;
    }
    var now = clock.instant();
    var jobs = ready.stream().map(waiting -> job(waiting.run())).distinct().toList();
    var successes = dataAge.lastSuccesses(transaction, jobs);
    var releases =
        ready.stream()
            .map(waiting -> release(waiting, DataAge.of(job(waiting.run()), successes, now), now))
            .toList();
    save(transaction, releases, now);
    outbox.triggers(
        transaction,
        releases.stream()
            .filter(Release::starts)
            .map(
                one ->
                    new Outbox.Addressed(
                        job(one.run()).worker().triggerTopic(),
                        one.run().trigger(one.run().attempt(), one.run().cause(), one.notAfter()),
                        one.run().traceparent()))
            .toList());
  }

  private Release release(Waiting waiting, Optional<DataAge.Stale> stale, Instant now) {
    var run = waiting.run();
    // A wait must not use up the time in which a worker may take it.
    var notAfter =
        run.notAfter() == null || !run.notAfter().isAfter(now)
            ? now.plus(job(run).maxLateness())
            : run.notAfter();
    if (stale.isPresent() && stale.get().forbids()) {
      return new Release(
          run, stale.get().reason(), notAfter, false, Disposition.SKIPPED_STALE.name());
    }
    var reason =
        Planner.joined(
            run.reason(), waited(waiting), stale.map(DataAge.Stale::reason).orElse(null));
    return new Release(run, reason, notAfter, true, null);
  }

  private static String waited(Waiting waiting) {
    var run = waiting.run();
    if (run.held() == Run.Hold.TURN) {
      return "started in its turn";
    }
    var awaited = run.awaitedJob() + " of " + run.awaitedKey();
    var status = waiting.awaitedStatus();
    boolean ended =
        status != null && !List.of("queued", "running", "waiting_retry").contains(status);
    return ended
        ? "started after " + awaited + ", which ended " + status
        : "started without waiting any longer for "
            + awaited
            + ", which had not ended by "
            + run.heldUntil();
  }

  private void save(Queries transaction, List<Release> releases, Instant now) {
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
        releases.stream().map(Release::reason).toArray(String[]::new),
        releases.stream()
            .map(one -> one.notAfter().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        releases.stream().map(Release::starts).toArray(Boolean[]::new),
        releases.stream().map(Release::disposition).toArray(String[]::new),
        now.atOffset(ZoneOffset.UTC));
  }

  private Job job(Run run) {
    return Objects.requireNonNull(catalogue.find(run.job()).orElse(null));
  }
}
