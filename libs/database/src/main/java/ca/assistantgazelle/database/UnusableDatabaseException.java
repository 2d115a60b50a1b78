package ca.assistantgazelle.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** This version cannot use the database as it is; the message contains the SQL to run. */
public final class UnusableDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    // PostgreSQL's DETAIL line quotes rows, so only the first line of the message is kept.
    static UnusableDatabaseException from(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return new UnusableDatabaseException(
                        "a migration failed (SQLSTATE "
                                + refused.getSQLState()
                                + "): "
                                + String.valueOf(refused.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                        null);
            }
        }
        return new UnusableDatabaseException("failed to run the migrations: " + e.getMessage(), null);
    }
}
