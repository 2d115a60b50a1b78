package ca.assistantgazelle.backup.failure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A known failure of a backup, verification or restore. It is an {@link IOException} so that it can pass through
 * streams.
 */
public final class BackupException extends IOException {
    private static final long serialVersionUID = 1;

    private final BackupErrorClass errorClass;
    private final String suggestion;

    /**
     * @param message what happened, without secrets
     * @param suggestion what to do next
     */
    public BackupException(BackupErrorClass why, String message, String suggestion) {
        this(why, message, suggestion, null);
    }

    public BackupException(BackupErrorClass why, String message, String suggestion, Throwable cause) {
        super(message, cause);
        this.errorClass = why;
        this.suggestion = suggestion;
    }

    /** Returns the backup exception among the causes, or else wraps the failure in a new one. */
    public static BackupException wrap(IOException failure, BackupErrorClass why, String message, String suggestion)
            throws InterruptedIOException {
        // A read timeout is not an interruption.
        if (failure instanceof InterruptedIOException stopped && !(failure instanceof SocketTimeoutException)) {
            throw stopped;
        }
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof BackupException known) {
                return known;
            }
        }
        return new BackupException(why, message + ": " + failure.getMessage(), suggestion, failure);
    }

    /** Combines the messages; takes the error class and the suggestion of the first failure. */
    public static BackupException combine(Collection<BackupException> failures) {
        var first = failures.iterator().next();
        return failures.size() == 1
                ? first
                : new BackupException(
                        first.errorClass,
                        failures.stream()
                                .map(failure -> failure.errorClass.label() + ": " + failure.getMessage())
                                .collect(Collectors.joining(" ")),
                        first.suggestion,
                        first);
    }

    public BackupErrorClass errorClass() {
        return errorClass;
    }

    public String suggestion() {
        return suggestion;
    }
}
