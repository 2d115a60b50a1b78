package ca.assistantgazelle.backup.inventory;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** Rebuilds the backup catalogue in the database, outside of a run. */
public final class BackupCatalogRebuild {
    private BackupCatalogRebuild() {}

    /** A backup at one destination. */
    public record CatalogCopy(String destination, StoredBackup backup) {}

    /** Replaces the catalogue in one transaction; returns the number of copies. */
    public static int rebuild(DatabaseAddress database, List<CatalogCopy> copies) throws BackupException {
        try (var session = database.connect()) {
            if (JdbcQueries.queryString(session, "select to_regclass('automation.backup_copy')::text") == null) {
                throw new BackupException(
                        BackupErrorClass.RESTORE_REFUSED,
                        database + " has no table automation.backup_copy.",
                        "Start a service with this database first: it runs the migrations.");
            }
            session.setAutoCommit(false);
            JdbcQueries.update(session, "delete from automation.backup_copy");
            for (var copy : copies) {
                insert(session, copy);
            }
            session.commit();
            return copies.size();
        } catch (SQLException e) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_FAILED,
                    "Failed to write the catalogue: " + JdbcQueries.describe(e),
                    "Make sure that the role may write to schema automation.",
                    e);
        }
    }

    private static void insert(Connection session, CatalogCopy copy) throws SQLException {
        var backup = copy.backup();
        var manifest = backup.manifest();
        JdbcQueries.update(
                session,
                """
        insert into automation.backup_copy (backup_id, destination, taken_at, state, reason, level, rows, plain_bytes, stored_bytes,
          verified_at, drilled_at, drill_seconds, checked_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())
        """,
                backup.id(),
                copy.destination(),
                timestamp(backup.takenAt()),
                backup.status(),
                backup.problem(),
                backup.level(),
                manifest == null ? null : manifest.totalRows(),
                manifest == null ? null : manifest.archive().plainBytes(),
                manifest == null ? null : manifest.archive().storedBytes(),
                timestamp(backup.verifiedAt()),
                timestamp(backup.lastDrillAt()),
                backup.drillSeconds());
    }

    private static Timestamp timestamp(Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
