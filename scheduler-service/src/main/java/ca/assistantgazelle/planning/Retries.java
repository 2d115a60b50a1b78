package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

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
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    return database.inTransaction(
        transaction -> {
          var due =
              transaction.list(
                  """
                  update automation.run r
                  set status = 'queued', attempt = r.attempt + 1, next_attempt_at = null
                  where run_id in (
                    select run_id from automation.run waiting
                    where status = 'waiting_retry' and next_attempt_at <= $1 and job = any ($3)
                      and not exists (
                        select from automation.job_state paused
                        where paused.job = waiting.job and paused_at is not null
                          and (paused_until is null or paused_until > $1))
                    order by next_attempt_at
                    limit $2
                    for update skip locked)
                  returning r.*
                  """,
                  Run::read,
                  now,
                  BATCH,
                  catalogue.ids().toArray(String[]::new));
          outbox.triggers(
              transaction,
              due.stream()
                  .map(
                      run ->
                          new Outbox.Addressed(
                              catalogue.find(run.job()).orElseThrow().worker().triggerTopic(),
                              run.trigger(run.attempt(), Cause.RETRY, null),
                              run.traceparent()))
                  .toList());
          return due.size();
        });
  }
}
