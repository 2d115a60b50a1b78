package ca.assistantgazelle.inventory;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** Writes the database's memory of the backups anew, outside of any run. */
public final class CatalogRebuild {
  private CatalogRebuild() {}

  /** A backup at one destination. */
  public record Copy(String destination, StoredBackup backup) {}

  /** How many copies were written; all of them or none. */
  public static int into(Source database, List<Copy> copies) throws BackupException {
    try (var session = database.connect()) {
      if (Rows.text(session, "select to_regclass('automation.backup_copy')::text") == null) {
        throw new BackupException(
            Cause.RESTORE_REFUSED,
            database + " has no table automation.backup_copy.",
            "Start any service on it first: it runs the migrations.");
      }
      session.setAutoCommit(false);
      Rows.update(session, "delete from automation.backup_copy");
      for (var copy : copies) {
        insert(session, copy);
      }
      session.commit();
      return copies.size();
    } catch (SQLException e) {
      throw new BackupException(
          Cause.RESTORE_FAILED,
          "The catalogue was not written: " + Rows.words(e),
          "See that the role may write to schema automation.",
          e);
    }
  }

  private static void insert(Connection session, Copy copy) throws SQLException {
    var backup = copy.backup();
    var manifest = backup.manifest();
    Rows.update(
        session,
        """
        insert into automation.backup_copy (backup_id, destination, taken_at, state, reason, level, rows, plain_bytes, stored_bytes,
          verified_at, rehearsed_at, rehearsal_seconds, checked_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())
        """,
        backup.id(),
        copy.destination(),
        timestamp(backup.takenAt()),
        backup.worth(),
        backup.problem(),
        backup.level(),
        manifest == null ? null : manifest.rows(),
        manifest == null ? null : manifest.archive().plainBytes(),
        manifest == null ? null : manifest.archive().storedBytes(),
        timestamp(backup.verifiedAt()),
        timestamp(backup.rehearsedAt()),
        backup.rehearsalSeconds());
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
