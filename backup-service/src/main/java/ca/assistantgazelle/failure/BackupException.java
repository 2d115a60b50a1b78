package ca.assistantgazelle.failure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A backup, its verification or its restore could not be done, and we know why. An {@link
 * IOException}, so that it passes through streams.
 */
public final class BackupException extends IOException {
  private static final long serialVersionUID = 1;

  private final Cause why;
  private final String suggestion;

  /**
   * @param message what happened, without secrets
   * @param suggestion what to do next
   */
  public BackupException(Cause why, String message, String suggestion) {
    this(why, message, suggestion, null);
  }

  public BackupException(Cause why, String message, String suggestion, Throwable cause) {
    super(message, cause);
    this.why = why;
    this.suggestion = suggestion;
  }

  /** The failure itself when it is named already, else one of that name. */
  public static BackupException named(
      IOException failure, Cause why, String message, String suggestion)
      throws InterruptedIOException {
    // A server that is slow tells nobody to stop.
    if (failure instanceof InterruptedIOException stopped
        && !(failure instanceof SocketTimeoutException)) {
      throw stopped;
    }
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof BackupException known) {
        return known;
      }
    }
    return new BackupException(why, message + ": " + failure.getMessage(), suggestion, failure);
  }

  /** One that speaks for all of them; the first one's cause and advice. */
  public static BackupException all(Collection<BackupException> failures) {
    var first = failures.iterator().next();
    return failures.size() == 1
        ? first
        : new BackupException(
            first.why,
            failures.stream()
                .map(failure -> failure.why.word() + ": " + failure.getMessage())
                .collect(Collectors.joining(" ")),
            first.suggestion,
            first);
  }

  public Cause why() {
    return why;
  }

  public String suggestion() {
    return suggestion;
  }
}
