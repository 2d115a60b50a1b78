package ca.assistantgazelle.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/**
 * The database holds something that this version cannot work with; the message says what to run.
 */
public final class UnusableDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }

  // PostgreSQL's DETAIL line quotes rows, so only the server's first line is passed on.
  static UnusableDatabaseException because(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return new UnusableDatabaseException(
            "a migration failed (SQLSTATE "
                + refused.getSQLState()
                + "): "
                + String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
            null);
      }
    }
    return new UnusableDatabaseException("migrations cannot run: " + e.getMessage(), null);
  }
}
