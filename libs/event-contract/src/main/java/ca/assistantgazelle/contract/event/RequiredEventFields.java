package ca.assistantgazelle.contract.event;

/** Checks the required fields of events; errors name the field. */
final class RequiredEventFields {
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

    static int atLeast(int minimum, int value, String field) {
        if (value < minimum) {
            throw new IllegalArgumentException("'" + field + "' must be at least " + minimum + " but is " + value);
        }
        return value;
    }
}
