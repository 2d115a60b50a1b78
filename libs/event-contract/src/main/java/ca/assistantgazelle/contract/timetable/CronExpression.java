package ca.assistantgazelle.contract.timetable;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cron expression of five fields (minute, hour, day of month, month, day of week; 0 and 7 are Sunday): which local
 * times it matches. As in cron, a day matches either of its two day fields when both are restricted.
 */
public final class CronExpression {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z*/, -]+");
    private static final Pattern SUNDAY_FIRST = Pattern.compile("(?i)(^|,)(?:SUN|7)-(?!SUN|7)");
    private static final LocalDate CYCLE_START = LocalDate.of(2024, 1, 1);

    private final String text;
    private final boolean elapsedTime;
    private final NavigableSet<Integer> minutes;
    private final NavigableSet<Integer> hours;
    private final Set<Integer> days;
    private final Set<Integer> months;
    private final Set<Integer> weekdays;
    private final boolean eitherDay;

    private CronExpression(String text, Cron cron) {
        this.text = text;
        var fields = text.split(" ", -1);
        this.elapsedTime = isWildcard(fields[0]) || isWildcard(fields[1]);
        this.minutes = values(cron, CronFieldName.MINUTE, 0, 59);
        this.hours = values(cron, CronFieldName.HOUR, 0, 23);
        this.days = values(cron, CronFieldName.DAY_OF_MONTH, 1, 31);
        this.months = values(cron, CronFieldName.MONTH, 1, 12);
        this.weekdays = values(cron, CronFieldName.DAY_OF_WEEK, 0, 6).stream()
                .map(day -> day == 0 ? 7 : day)
                .collect(Collectors.toUnmodifiableSet());
        this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /**
     * @throws InvalidScheduleException if it is not a valid cron expression of five fields, or never matches any date
     */
    public static CronExpression parse(String text) {
        var trimmed = text == null ? "" : text.strip().replaceAll("\\s+", " ");
        int fields = trimmed.isEmpty() ? 0 : trimmed.split(" ", -1).length;
        if (fields != 5) {
            throw new InvalidScheduleException("'"
                    + text
                    + "' has "
                    + fields
                    + " fields; write five: minute hour day-of-month month day-of-week"
                    + " (no seconds, no years, no @names)");
        }
        if (!PLAIN.matcher(trimmed).matches()) {
            throw new InvalidScheduleException("'" + text + "' contains other characters than a-z, 0-9 and * / , -");
        }
        var expression = new CronExpression(trimmed, parseCron(withSundayFirst(trimmed)));
        if (CYCLE_START.datesUntil(CYCLE_START.plusYears(28)).noneMatch(expression::matches)) {
            throw new InvalidScheduleException("'" + text + "' never matches any date");
        }
        return expression;
    }

    // Sunday is 0 and 7: at the start of a range it is 0, so that SUN-THU has five days.
    private static String withSundayFirst(String text) {
        int last = text.lastIndexOf(' ') + 1;
        return text.substring(0, last)
                + SUNDAY_FIRST.matcher(text.substring(last)).replaceAll("$10-");
    }

    private static Cron parseCron(String text) {
        try {
            return PARSER.parse(text).validate();
        } catch (IllegalArgumentException e) {
            throw new InvalidScheduleException("'" + text + "' is not a valid cron expression: " + e.getMessage());
        }
    }

    /**
     * Whether its minute or hour is a wildcard or a step. Such an expression follows elapsed time across clock changes,
     * while others stand for times of day.
     */
    boolean followsElapsedTime() {
        return elapsedTime;
    }

    /** Whether it matches the local time. */
    public boolean matchesTime(LocalDateTime time) {
        return matches(time.toLocalDate()) && hours.contains(time.getHour()) && minutes.contains(time.getMinute());
    }

    boolean matches(LocalDate date) {
        if (!months.contains(date.getMonthValue())) {
            return false;
        }
        boolean day = days.contains(date.getDayOfMonth());
        boolean weekday = weekdays.contains(date.getDayOfWeek().getValue());
        return eitherDay ? day || weekday : day && weekday;
    }

    /** The first local time it matches after the given one and before the date; empty when none. */
    Optional<LocalDateTime> next(LocalDateTime after, LocalDate before) {
        for (var date = after.toLocalDate(); date.isBefore(before); date = date.plusDays(1)) {
            if (matches(date)) {
                var time = date.equals(after.toLocalDate()) ? laterTimeOn(after) : firstTimeOn(date);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> firstTimeOn(LocalDate date) {
        return Optional.of(date.atTime(hours.first(), minutes.first()));
    }

    private Optional<LocalDateTime> laterTimeOn(LocalDateTime after) {
        var minute = hours.contains(after.getHour()) ? minutes.higher(after.getMinute()) : null;
        if (minute != null) {
            return Optional.of(after.toLocalDate().atTime(after.getHour(), minute));
        }
        return Optional.ofNullable(hours.higher(after.getHour()))
                .map(hour -> after.toLocalDate().atTime(hour, minutes.first()));
    }

    /** The local times it matches on that date, in order. */
    List<LocalDateTime> timesOn(LocalDate date) {
        if (!matches(date)) {
            return List.of();
        }
        var times = new ArrayList<LocalDateTime>(hours.size() * minutes.size());
        for (int hour : hours) {
            for (int minute : minutes) {
                times.add(date.atTime(hour, minute));
            }
        }
        return times;
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isWildcard(String field) {
        return field.contains("*") || field.contains("/");
    }

    private static NavigableSet<Integer> values(Cron cron, CronFieldName name, int min, int max) {
        var values = new TreeSet<Integer>();
        var expression = cron.retrieveFieldsAsMap().get(name).getExpression();
        collect(expression, 1, min, max, values);
        // Sunday may be written 7.
        if (name == CronFieldName.DAY_OF_WEEK && values.remove(7)) {
            values.add(0);
        }
        return values;
    }

    private static void collect(FieldExpression expression, int step, int min, int max, Set<Integer> values) {
        switch (expression) {
            case Always always -> range(min, max, step, values);
            case On on when step == 1 -> values.add(number(on.getTime()));
            case On on -> range(number(on.getTime()), max, step, values);
            case Between between -> {
                int from = number(between.getFrom());
                int to = number(between.getTo());
                if (from > to) {
                    throw new InvalidScheduleException(
                            "'" + between.asString() + "' is a descending range; write the smaller value first");
                }
                range(from, to, step, values);
            }
            case Every every -> collect(every.getExpression(), number(every.getPeriod()), min, max, values);
            case And and -> and.getExpressions().forEach(part -> collect(part, step, min, max, values));
            default ->
                throw new InvalidScheduleException(
                        "'" + expression.asString() + "' is not supported; use numbers, ranges, lists" + " or steps");
        }
    }

    private static void range(int from, int to, int step, Set<Integer> values) {
        for (int value = from; value <= to; value += step) {
            values.add(value);
        }
    }

    private static int number(FieldValue<?> value) {
        return (Integer) value.getValue();
    }
}
