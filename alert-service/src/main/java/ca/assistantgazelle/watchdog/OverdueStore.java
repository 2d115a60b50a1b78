package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the watchdog knows: what succeeded, what is excused, what it told. */
@Singleton
class OverdueStore {
  /** A run that was overdue and is no longer. */
  record Recovered(String job, String fireKey, UUID runId) {}

  /** Since when the job is watched by this timetable; from now on when it is new. */
  Instant since(SqlQueries transaction, Deadlines.Watched watched, Instant now) {
    return transaction
        .first(
            """
            insert into automation.watched_deadline as w (job, schedule, since) values ($1, $2, $3)
            on conflict (job) do update
            set since = case when w.schedule = excluded.schedule then w.since else excluded.since end,
              schedule = excluded.schedule
            returning since
            """,
            row -> row.getOffsetDateTime(0).toInstant(),
            watched.job().id(),
            EventJson.write(watched.job().scheduling().schedule()),
            now.atOffset(ZoneOffset.UTC))
        .orElseThrow();
  }

  /** Whether any run of the job ended well at or after the instant. */
  boolean hasSucceeded(SqlQueries queries, String job, Instant since) {
    return queries
        .first(
            """
            select 1 from public.scheduler_logs
            where job_name = $1 and status = 'success' and completed_at >= $2
              and started_at >= $2::timestamptz - interval '1 day'
            limit 1
            """,
            row -> true,
            job,
            since.atOffset(ZoneOffset.UTC))
        .isPresent();
  }

  /**
   * Why the missing success is no news: the job is or was paused, it was given up or missed and
   * somebody was told, or it has only just been caught up. Empty when it is news.
   */
  Optional<String> excuse(SqlQueries queries, Deadline deadline, Instant now) {
    return queries.first(
        """
        select coalesce(disposition, status) from automation.run
        where job = $1 and fire_key = $2
          and (status in ('error', 'cancelled') or disposition in ('SUPPRESSED_PAUSED', 'SUPPRESSED_ENV', 'MISSED_EXPIRED')
            or cause = 'CATCH_UP' and created_at > $5
            or exists (select from automation.audit a where a.run_id = run.run_id and a.action = 'retry'))
        union all
        select 'SUPPRESSED_PAUSED' from automation.job_state
        where job = $1 and (
          paused_at <= $3 and (paused_until is null or paused_until > $3)
          or paused_at <= $4 and (paused_until is null or paused_until > $4))
        limit 1
        """,
        row -> row.getString(0),
        deadline.job().id(),
        deadline.fire().key(),
        deadline.fire().at().atOffset(ZoneOffset.UTC),
        now.atOffset(ZoneOffset.UTC),
        now.minus(deadline.job().scheduling().overdueAfter()).atOffset(ZoneOffset.UTC));
  }

  /** The ledger's id of the fire's run; one of our own when no scheduler wrote it. */
  UUID runId(SqlQueries queries, Deadline deadline) {
    return queries
        .first(
            "select run_id from automation.run where job = $1 and fire_key = $2",
            row -> row.getUUID(0),
            deadline.job().id(),
            deadline.fire().key())
        .orElseGet(
            () ->
                UUID.nameUUIDFromBytes(
                    (deadline.job().id() + " " + deadline.fire().key())
                        .getBytes(StandardCharsets.UTF_8)));
  }

  /** Notes that it is told; false when it was told before, by this process or another. */
  boolean raise(SqlQueries transaction, Deadline deadline, UUID runId, Instant now) {
    return transaction.update(
            """
            insert into automation.overdue (job, fire_key, run_id, deadline, fire_at, raised_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (job, fire_key) do nothing
            """,
            deadline.job().id(),
            deadline.fire().key(),
            runId,
            deadline.at().atOffset(ZoneOffset.UTC),
            deadline.fire().at().atOffset(ZoneOffset.UTC),
            now.atOffset(ZoneOffset.UTC))
        == 1;
  }

  /** Ends what a success has made good since; each once. */
  List<Recovered> recover(SqlQueries transaction, Instant now) {
    return transaction.list(
        """
        update automation.overdue o set recovered_at = $1
        where recovered_at is null and exists (
          select from public.scheduler_logs l
          where l.job_name = o.job and l.status = 'success' and l.completed_at >= o.fire_at
            and l.started_at >= o.fire_at - interval '1 day')
        returning job, fire_key, run_id
        """,
        row -> new Recovered(row.getString(0), row.getString(1), row.getUUID(2)),
        now.atOffset(ZoneOffset.UTC));
  }

  /** How many overdue runs each job has now; absent when none. */
  Map<String, Long> open(SqlQueries queries) {
    var open = new HashMap<String, Long>();
    queries
        .list(
            "select job, count(*) from automation.overdue where recovered_at is null group by job",
            row -> Map.entry(row.getString(0), row.getLong(1)))
        .forEach(entry -> open.put(entry.getKey(), entry.getValue()));
    return open;
  }
}
