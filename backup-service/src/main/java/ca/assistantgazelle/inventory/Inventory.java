package ca.assistantgazelle.inventory;

import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the database remembers of the backups. The destinations alone count; this is for whoever
 * looks at the database, and to notice what disappears.
 */
public final class Inventory {
  private static final int SECRET_BYTES = 32;

  private Inventory() {}

  /** A copy that the database knows of and that should be there. */
  public record Known(String id, String state) {}

  /** The service's own secret; made when there is none. */
  public static byte[] secret(SqlQueries queries) {
    var fresh = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(fresh);
    queries.update(
        "insert into automation.backup_secret (id, secret) values (1, $1) on conflict (id) do nothing",
        Buffer.buffer(fresh));
    return queries
        .first(
            "select secret from automation.backup_secret where id = 1",
            row -> row.getBuffer(0).getBytes())
        .orElseThrow();
  }

  /** Size of the newest archive, for the room that the next one needs; 0 = none yet. */
  public static long lastStoredBytes(SqlQueries queries) {
    return lastNumber(queries, "stored_bytes");
  }

  /** What pg_dump wrote last time, to show how far this time is; 0 = none yet. */
  public static long lastPlainBytes(SqlQueries queries) {
    return lastNumber(queries, "plain_bytes");
  }

  private static long lastNumber(SqlQueries queries, String column) {
    return queries
        .first(
            "select "
                + column
                + " from automation.backup_copy where state = 'VERIFIED' order by taken_at desc limit 1",
            row -> row.getLong(0))
        .orElse(0L);
  }

  /** Not yet published: what is written before the manifest. */
  public static void stored(
      SqlQueries transaction,
      String id,
      String destination,
      Instant takenAt,
      UUID run,
      Instant now) {
    transaction.update(
        """
        insert into automation.backup_copy (backup_id, destination, taken_at, run_id, state, checked_at)
        values ($1, $2, $3, $4, 'STORED', $5)
        on conflict (backup_id, destination) do nothing
        """,
        id,
        destination,
        utc(takenAt),
        run,
        utc(now));
  }

  /** As it was found at its destination. */
  public static void found(
      SqlQueries transaction, String destination, StoredBackup backup, Instant now) {
    var manifest = backup.manifest();
    transaction.update(
        """
        insert into automation.backup_copy as c (backup_id, destination, taken_at, run_id, state, reason, level, rows, plain_bytes, stored_bytes,
          verified_at, rehearsed_at, rehearsal_seconds, checked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (backup_id, destination) do update
        set state = excluded.state, reason = excluded.reason, level = excluded.level, rows = excluded.rows, plain_bytes = excluded.plain_bytes,
          stored_bytes = excluded.stored_bytes, verified_at = excluded.verified_at, rehearsed_at = excluded.rehearsed_at,
          rehearsal_seconds = excluded.rehearsal_seconds, checked_at = excluded.checked_at, run_id = coalesce(c.run_id, excluded.run_id)
        """,
        backup.id(),
        destination,
        utc(backup.takenAt()),
        manifest == null ? null : run(manifest.run()),
        backup.worth(),
        backup.problem(),
        backup.level(),
        manifest == null ? null : manifest.rows(),
        manifest == null ? null : manifest.archive().plainBytes(),
        manifest == null ? null : manifest.archive().storedBytes(),
        utc(backup.verifiedAt()),
        utc(backup.rehearsedAt()),
        backup.rehearsalSeconds(),
        utc(now));
  }

  private static UUID run(String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException notOfARun) {
      return null;
    }
  }

  /** What should be there. */
  public static List<Known> known(SqlQueries queries, String destination) {
    return queries.list(
        """
        select backup_id, state from automation.backup_copy
        where destination = $1 and state <> 'DELETED'
        """,
        row -> new Known(row.getString(0), row.getString(1)),
        destination);
  }

  /** Its state alone changes. */
  public static void mark(
      SqlQueries transaction,
      String id,
      String destination,
      String state,
      String reason,
      Instant now) {
    transaction.update(
        """
        update automation.backup_copy set state = $3, reason = $4, checked_at = $5
        where backup_id = $1 and destination = $2
        """,
        id,
        destination,
        state,
        reason,
        utc(now));
  }

  /** When a restore was last rehearsed well; empty = never. */
  public static Optional<Instant> lastRehearsal(SqlQueries queries) {
    return queries.first(
        "select max(rehearsed_at) from automation.backup_copy",
        row -> row.getOffsetDateTime(0) == null ? null : row.getOffsetDateTime(0).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
