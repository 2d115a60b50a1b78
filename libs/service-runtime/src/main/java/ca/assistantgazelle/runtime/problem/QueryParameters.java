package ca.assistantgazelle.runtime.problem;

import ca.assistantgazelle.contract.value.PlausibleTime;
import ca.assistantgazelle.contract.value.SafeText;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Validates and reads query and path parameters; errors name the invalid parameter. */
public final class QueryParameters {
    private static final Pattern LOCAL_DATE_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2})?");
    private static final int MAX_SHOWN_LENGTH = 60;

    private QueryParameters() {}

    /** Rejects unknown parameters, so that a misspelt filter is not ignored. */
    public static void requireKnown(UriInfo uri, Set<String> known) {
        uri.getQueryParameters().keySet().forEach(name -> requireKnown(name, known));
    }

    public static void requireKnown(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new ProblemException(HttpProblem.of(
                            400,
                            "Bad Request",
                            "Unknown parameter '"
                                    + printable(name)
                                    + "'. Supported: "
                                    + known.stream().sorted().toList()
                                    + ".")
                    .with("parameter", name));
        }
    }

    /** A whole number; the default when the value is null. */
    public static int number(String name, String value, int defaultValue, int min, int max) {
        if (value == null) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(name, value, "a number from " + min + " to " + max);
        }
        throw invalid(name, value, "a number from " + min + " to " + max);
    }

    /** False when absent. */
    public static boolean flag(String name, String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw invalid(name, value, "true or false");
    }

    /**
     * An instant, a local date and time of the zone, or a local date, which means its start in the zone; null if the
     * value is null.
     */
    public static Instant instant(String name, String value, ZoneId zone) {
        if (value == null) {
            return null;
        }
        try {
            if (LOCAL_DATE_TIME.matcher(value).matches()) {
                return PlausibleTime.require(LocalDateTime.parse(value.replace(' ', 'T'))
                        .atZone(zone)
                        .toInstant());
            }
            return value.length() == 10
                    ? PlausibleTime.require(LocalDate.parse(value))
                            .atStartOfDay(zone)
                            .toInstant()
                    : PlausibleTime.require(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw invalid(
                    name,
                    value,
                    "an instant such as 2026-03-09T10:00:00Z or a date such as 2026-03-09, of the years 1900 to 2199");
        }
    }

    /** A date; null if the value is null or blank. */
    public static LocalDate date(String name, String value) {
        try {
            return value == null || value.isBlank() ? null : PlausibleTime.require(LocalDate.parse(value));
        } catch (DateTimeException e) {
            throw invalid(name, value, "a date such as 2026-03-09");
        }
    }

    public static UUID runId(String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw invalid("run_id", value, "a UUID");
        }
    }

    /** @param value as received; null if it is too large or too private to be repeated */
    public static ProblemException invalid(String name, Object value, String expected) {
        var given = value == null ? "" : " is '" + printable(value.toString()) + "'; it";
        return new ProblemException(
                HttpProblem.of(400, "Bad Request", "Parameter '" + name + "'" + given + " must be " + expected + ".")
                        .with("parameter", name));
    }

    private static String printable(String value) {
        var text = SafeText.oneLine(value);
        return text.length() <= MAX_SHOWN_LENGTH ? text : text.substring(0, MAX_SHOWN_LENGTH) + "…";
    }
}
