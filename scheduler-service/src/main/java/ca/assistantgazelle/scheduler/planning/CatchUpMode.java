package ca.assistantgazelle.scheduler.planning;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the fires suppressed by a pause run when the job is resumed. */
public enum CatchUpMode {
    NONE,
    LAST,
    ALL;

    /** The value in the API. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CatchUpMode> of(String word) {
        return Stream.of(values()).filter(choice -> choice.value().equals(word)).findFirst();
    }
}
