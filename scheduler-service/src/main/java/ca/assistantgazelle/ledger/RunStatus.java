package ca.assistantgazelle.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a run stands. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  WAITING_RETRY,
  SUCCESS,
  ERROR,
  CANCELLED,
  NOT_RUN;

  /** The word in tables and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RunStatus> of(String word) {
    return Stream.of(values()).filter(status -> status.word().equals(word)).findFirst();
  }
}
