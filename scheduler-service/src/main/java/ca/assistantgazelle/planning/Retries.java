package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Starts further attempts when their time has come; a paused job's wait until it goes on. */
@Singleton
public class Retries {
  private static final int BATCH = 500;

  private final Database database;
  private final Outbox outbox;
  private final JobCatalogue catalogue;
  private final Clock clock;

  public Retries(Database database, Outbox outbox, JobCatalogue catalogue, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Starts a batch; how many there were. */
  public int startDue() {
    var now = clock.instant();
    return database.inTransaction(
        transaction -> {
          var due = due(transaction, now);
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
              due.stream().map(Run::runId).toArray(UUID[]::new),
              due.stream()
                  .map(run -> lastUseful(run, now).atOffset(ZoneOffset.UTC))
                  .toArray(OffsetDateTime[]::new));
          outbox.triggers(transaction, due.stream().map(run -> next(run, now)).toList());
          return due.size();
        });
  }

  private List<Run> due(Queries transaction, Instant now) {
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
            Run::read,
            now.atOffset(ZoneOffset.UTC),
            BATCH)
        .stream()
        // A job that only another version of the catalogue knows is that version's to start.
        .filter(run -> catalogue.find(run.job()).isPresent())
        .toList();
  }

  private Outbox.Addressed next(Run run, Instant now) {
    return new Outbox.Addressed(
        job(run).worker().triggerTopic(),
        run.trigger(run.attempt() + 1, Cause.RETRY, lastUseful(run, now)),
        run.traceparent());
  }

  // One that nobody takes must not keep its run open, and later fires from running, for ever.
  private Instant lastUseful(Run run, Instant now) {
    return now.plus(job(run).maxLateness());
  }

  private Job job(Run run) {
    return catalogue.find(run.job()).orElseThrow();
  }
}
