package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Starts retries when they are due; those of a paused job wait until it is resumed. */
@Singleton
public class RetryDispatcher {
  private static final int BATCH = 500;

  private final Database database;
  private final Outbox outbox;
  private final JobCatalogue catalogue;
  private final Clock clock;

  public RetryDispatcher(Database database, Outbox outbox, JobCatalogue catalogue, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Starts a batch of due retries; returns their number. */
  public int startDue() {
    var now = clock.instant();
    return database.inTransaction(
        transaction -> {
          var due = findDue(transaction, now);
          if (due.isEmpty()) {
            return 0;
          }
          transaction.update(
              """
              update automation.run r
              set status = 'queued', attempt = attempt + 1, next_attempt_at = null, not_after = u.not_after
              from unnest($1::uuid[], $2::timestamptz[]) as u (run_id, not_after)
              where r.run_id = u.run_id
              """,
              due.stream().map(JobRun::runId).toArray(UUID[]::new),
              due.stream()
                  .map(run -> newDeadline(run, now).atOffset(ZoneOffset.UTC))
                  .toArray(OffsetDateTime[]::new));
          outbox.addTriggers(transaction, due.stream().map(run -> nextTrigger(run, now)).toList());
          return due.size();
        });
  }

  private List<JobRun> findDue(SqlQueries transaction, Instant now) {
    return transaction
        .list(
            """
            select * from automation.run waiting
            where status = 'waiting_retry' and next_attempt_at <= $1
              and not exists (
                select from automation.job_state paused
                where paused.job = waiting.job and paused_at is not null
                  and (paused_until is null or paused_until > $1))
            order by next_attempt_at
            limit $2
            for update skip locked
            """,
            JobRun::fromRow,
            now.atOffset(ZoneOffset.UTC),
            BATCH)
        .stream()
        // Jobs that only another catalogue version knows are started by the schedulers with that
        // version.
        .filter(run -> catalogue.find(run.job()).isPresent())
        .toList();
  }

  private Outbox.AddressedTrigger nextTrigger(JobRun run, Instant now) {
    return new Outbox.AddressedTrigger(
        job(run).worker().triggerTopic(),
        run.trigger(run.attempt() + 1, RunCause.RETRY, newDeadline(run, now)),
        run.traceparent());
  }

  // A trigger that no worker accepts must not keep its run open, and block later fires, forever.
  private Instant newDeadline(JobRun run, Instant now) {
    return now.plus(job(run).maxLateness());
  }

  private JobDefinition job(JobRun run) {
    return catalogue.find(run.job()).orElseThrow();
  }
}
