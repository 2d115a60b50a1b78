package ca.assistantgazelle.scheduler.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Status of a run. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    WAITING_RETRY,
    SUCCESS,
    ERROR,
    CANCELLED,
    NOT_RUN;

    /** The value in the database and the API. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the run may still end one way or another. */
    public boolean isOpen() {
        return switch (this) {
            case QUEUED, RUNNING, WAITING_RETRY -> true;
            case SUCCESS, ERROR, CANCELLED, NOT_RUN -> false;
        };
    }

    public static Optional<RunStatus> of(String word) {
        return Stream.of(values()).filter(status -> status.value().equals(word)).findFirst();
    }
}
