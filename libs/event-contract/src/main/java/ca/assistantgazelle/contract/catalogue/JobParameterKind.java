package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.value.PlausibleTime;
import ca.assistantgazelle.contract.value.SafeText;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The types a job's parameter may have. */
public enum JobParameterKind {
    BOOLEAN("true or false"),
    TEXT("a text of at most 200 characters, without control characters"),
    DATE("a date such as \"2026-03-09\""),
    CHOICE("one of the listed values"),
    TEXT_LIST("a list of at most 100 texts of at most 200 characters, without control characters");

    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_LIST_SIZE = 100;

    private final String expected;

    JobParameterKind(String expected) {
        this.expected = expected;
    }

    @JsonValue
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The expected value, for error messages. */
    String expected() {
        return expected;
    }

    boolean accepts(Object value, List<String> choices) {
        return switch (this) {
            case BOOLEAN -> value instanceof Boolean;
            case TEXT -> isText(value);
            case DATE -> value instanceof String text && isDate(text);
            case CHOICE -> value instanceof String text && choices.contains(text);
            case TEXT_LIST ->
                value instanceof List<?> list
                        && list.size() <= MAX_LIST_SIZE
                        && list.stream().allMatch(JobParameterKind::isText);
        };
    }

    private static boolean isText(Object value) {
        return value instanceof String text && text.length() <= MAX_TEXT_LENGTH && SafeText.isPlain(text);
    }

    private static boolean isDate(String text) {
        try {
            return PlausibleTime.isPlausible(LocalDate.parse(text));
        } catch (DateTimeException notADate) {
            return false;
        }
    }
}
