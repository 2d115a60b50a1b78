package ca.assistantgazelle.ledger;

import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the ledger for people. */
@Singleton
public class RunQuery {
  private final Database database;
  private final Ledger ledger;

  RunQuery(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  public Optional<Run> find(UUID runId) {
    return ledger.find(database, runId);
  }

  public Optional<Run> openRun(String job) {
    return ledger.openRun(database, job);
  }

  /**
   * Newest first; every filter may be null.
   *
   * @param from created at or after
   * @param to created before
   */
  public List<Run> list(String job, RunStatus status, Instant from, Instant to, int limit) {
    return database.list(
        """
        select %s from automation.run
        where ($1::text is null or job = $1) and ($2::text is null or status = $2)
          and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)
        order by created_at desc, run_id desc
        limit $5
        """
            .formatted(Run.COLUMNS),
        Run::of,
        job,
        status == null ? null : status.word(),
        at(from),
        at(to),
        limit);
  }

  /** When the job last succeeded; empty when it never did. */
  public Optional<Instant> lastSuccess(String job) {
    return database
        .list(
            """
            select finished_at from automation.run
            where job = $1 and status = 'success' and finished_at is not null
            order by finished_at desc limit 1
            """,
            row -> row.getOffsetDateTime(0).toInstant(),
            job)
        .stream()
        .findFirst();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
