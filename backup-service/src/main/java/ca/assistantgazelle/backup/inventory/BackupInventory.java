package ca.assistantgazelle.backup.inventory;

import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The backup catalogue in the database. The destinations are authoritative; the catalogue serves queries and detects
 * backups that disappear.
 */
public final class BackupInventory {
    private static final int SECRET_BYTES = 32;

    private BackupInventory() {}

    /** A copy that is expected at a destination. */
    public record KnownCopy(String id, String state) {}

    /** What is stored at a destination; {@code lastVerifiedAt} is null when nothing verified is. */
    public record DestinationSummary(String destination, Instant lastVerifiedAt, long pendingDeletions, long damaged) {}

    /** The newest verified backup. */
    public record VerifiedBackup(String level, Instant verifiedAt, long plainBytes, long storedBytes) {}

    /** A successful restore drill. */
    public record DrillResult(Instant at, long seconds) {}

    /** Summaries of all destinations that the inventory knows. */
    public static List<DestinationSummary> destinationSummaries(SqlQueries queries) {
        return queries.list(
                """
                select destination, max(verified_at) filter (where state = 'VERIFIED') as verified_at,
                  count(*) filter (where state = 'DELETE_PENDING') as pending,
                  count(*) filter (where state in ('MISSING', 'TAMPERED', 'QUARANTINED', 'UNREADABLE')) as damaged
                from automation.backup_copy group by destination
                """,
                row -> new DestinationSummary(
                        row.getString("destination"),
                        SqlQueries.instant(row, "verified_at"),
                        row.getLong("pending"),
                        row.getLong("damaged")));
    }

    /** The newest verified backup; empty if none. */
    public static Optional<VerifiedBackup> newestVerified(SqlQueries queries) {
        return queries.first(
                """
                select level, verified_at, plain_bytes, stored_bytes from automation.backup_copy
                where state = 'VERIFIED' and verified_at is not null and level is not null and plain_bytes is not null and stored_bytes is not null
                order by taken_at desc limit 1
                """,
                row -> new VerifiedBackup(
                        row.getString("level"),
                        SqlQueries.instant(row, "verified_at"),
                        row.getLong("plain_bytes"),
                        row.getLong("stored_bytes")));
    }

    /** The last successful restore drill; empty if none. */
    public static Optional<DrillResult> latestDrill(SqlQueries queries) {
        return queries.first(
                """
                select drilled_at, drill_seconds from automation.backup_copy
                where drilled_at is not null and drill_seconds is not null
                order by drilled_at desc limit 1
                """, row -> new DrillResult(SqlQueries.instant(row, "drilled_at"), row.getLong("drill_seconds")));
    }

    /** Returns the service's secret, creating it if there is none. */
    public static byte[] loadOrCreateSecret(SqlQueries queries) {
        var fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        queries.update(
                "insert into automation.backup_secret (id, secret) values (1, $1) on conflict (id) do nothing",
                Buffer.buffer(fresh));
        return queries.first(
                        "select secret from automation.backup_secret where id = 1",
                        row -> row.getBuffer(0).getBytes())
                .orElseThrow();
    }

    /** Size of the newest archive, to estimate the space the next one needs; 0 if none. */
    public static long lastStoredBytes(SqlQueries queries) {
        return lastValue(queries, "stored_bytes");
    }

    /** Bytes written by the previous pg_dump, to estimate progress; 0 if none. */
    public static long lastPlainBytes(SqlQueries queries) {
        return lastValue(queries, "plain_bytes");
    }

    private static long lastValue(SqlQueries queries, String column) {
        return queries.first(
                        "select "
                                + column
                                + " from automation.backup_copy where state = 'VERIFIED' order by taken_at desc limit 1",
                        row -> row.getLong(0))
                .orElse(0L);
    }

    /** Records a copy before its manifest is published. */
    public static void insertPending(
            SqlQueries transaction, String id, String destination, Instant takenAt, UUID run, Instant now) {
        transaction.update("""
                insert into automation.backup_copy (backup_id, destination, taken_at, run_id, state, checked_at)
                values ($1, $2, $3, $4, 'STORED', $5)
                on conflict (backup_id, destination) do nothing
                """, id, destination, takenAt, run, now);
    }

    /** Records a copy as found at its destination. */
    public static void upsert(SqlQueries transaction, String destination, StoredBackup backup, Instant now) {
        var manifest = backup.manifest();
        transaction.update(
                """
        insert into automation.backup_copy as c (backup_id, destination, taken_at, run_id, state, reason, level, rows, plain_bytes, stored_bytes,
          verified_at, drilled_at, drill_seconds, checked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (backup_id, destination) do update
        set state = excluded.state, reason = excluded.reason, level = excluded.level, rows = excluded.rows, plain_bytes = excluded.plain_bytes,
          stored_bytes = excluded.stored_bytes, verified_at = excluded.verified_at, drilled_at = excluded.drilled_at,
          drill_seconds = excluded.drill_seconds, checked_at = excluded.checked_at, run_id = coalesce(c.run_id, excluded.run_id)
        """,
                backup.id(),
                destination,
                backup.takenAt(),
                manifest == null ? null : parseRunId(manifest.run()),
                backup.status(),
                backup.problem(),
                backup.level(),
                manifest == null ? null : manifest.totalRows(),
                manifest == null ? null : manifest.archive().plainBytes(),
                manifest == null ? null : manifest.archive().storedBytes(),
                backup.verifiedAt(),
                backup.lastDrillAt(),
                backup.drillSeconds(),
                now);
    }

    private static UUID parseRunId(String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOfARun) {
            return null;
        }
    }

    /** The copies expected at a destination. */
    public static List<KnownCopy> knownCopies(SqlQueries queries, String destination) {
        return queries.list("""
                select backup_id, state from automation.backup_copy
                where destination = $1 and state <> 'DELETED'
                """, row -> new KnownCopy(row.getString(0), row.getString(1)), destination);
    }

    /** Updates the state of a copy. */
    public static void setState(
            SqlQueries transaction, String id, String destination, String state, String reason, Instant now) {
        transaction.update("""
                update automation.backup_copy set state = $3, reason = $4, checked_at = $5
                where backup_id = $1 and destination = $2
                """, id, destination, state, reason, now);
    }

    /** Time of the last successful restore drill; empty if none. */
    public static Optional<Instant> lastDrill(SqlQueries queries) {
        return queries.first(
                "select max(drilled_at) as drilled_at from automation.backup_copy",
                row -> SqlQueries.instant(row, "drilled_at"));
    }
}
