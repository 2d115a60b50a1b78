package ca.assistantgazelle.contract.event;

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
