package ca.assistantgazelle.contract.event;

import ca.assistantgazelle.contract.value.PlausibleTime;
import java.time.Instant;

/** Checks the required fields of events; errors name the field. */
final class RequiredEventFields {
    private static final int MAX_ATTEMPT = 10_000;

    private RequiredEventFields() {}

    static String text(String value, String field) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    static <T> T value(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    /** @throws IllegalArgumentException unless the instant is plausible; null is accepted */
    static void plausible(Instant value, String field) {
        if (value != null && !PlausibleTime.isPlausible(value)) {
            throw new IllegalArgumentException("'" + field + "' must be an instant of the years 1900 to 2199");
        }
    }

    /** @throws IllegalArgumentException unless the attempt's number is plausible */
    static int attempt(int value) {
        if (value > MAX_ATTEMPT) {
            throw new IllegalArgumentException("'attempt' must be at most " + MAX_ATTEMPT + " but is " + value);
        }
        return atLeast(1, value, "attempt");
    }

    static int atLeast(int minimum, int value, String field) {
        if (value < minimum) {
            throw new IllegalArgumentException("'" + field + "' must be at least " + minimum + " but is " + value);
        }
        return value;
    }
}
