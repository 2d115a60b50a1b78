package ca.assistantgazelle.emulators.gazelle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters for the query arguments that the sync and its tests use. Other arguments are ignored. */
final class RecordFilters {
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private RecordFilters() {}

    static Predicate<Map<String, Object>> clients(Map<String, Object> filter) {
        return oneOf(filter, "status", "status")
                .and(onOrAfter(filter, "createdGet", "createdAt"))
                .and(onOrBefore(filter, "createdLet", "createdAt"));
    }

    static Predicate<Map<String, Object>> pianos(Map<String, Object> filter) {
        return equalTo(filter, "clientId", "clientId")
                .and(oneOf(filter, "status", "status"))
                .and(oneOf(filter, "type", "type"))
                .and(onOrAfter(filter, "createdGet", "createdAt"));
    }

    static Predicate<Map<String, Object>> events(Map<String, Object> filter) {
        return oneOf(filter, "status", "status")
                .and(oneOf(filter, "type", "type"))
                .and(oneOf(filter, "clientId", "clientId"))
                .and(oneOf(filter, "userId", "userId"))
                .and(onOrAfter(filter, "startOn", "start"))
                .and(onOrBefore(filter, "endOn", "start"))
                .and(onOrAfter(filter, "dateGet", "start"))
                .and(onOrBefore(filter, "dateLet", "start"));
    }

    static Predicate<Map<String, Object>> timeline(Map<String, Object> arguments) {
        var since = arguments.get("occurredAtGet");
        Predicate<Map<String, Object>> late = since == null
                ? entry -> true
                : entry -> !instant(entry.get("occurredAt")).isBefore(instant(since));
        return late.and(equalTo(arguments, "clientId", "clientId"))
                .and(equalTo(arguments, "pianoId", "pianoId"))
                .and(oneOf(arguments, "types", "type"));
    }

    /**
     * The comparator for a sort value such as {@code CREATED_AT_ASC}.
     *
     * @return null = insertion order
     */
    static Comparator<Map<String, Object>> order(List<String> sortBy) {
        if (sortBy == null || sortBy.isEmpty()) {
            return null;
        }
        var word = sortBy.getFirst();
        var field = word.startsWith("CREATED_AT") ? "createdAt" : word.startsWith("START") ? "start" : "id";
        Comparator<Map<String, Object>> ascending = Comparator.comparing(
                        (Map<String, Object> entry) -> String.valueOf(entry.get(field)))
                .thenComparing(entry -> String.valueOf(entry.get("id")));
        return word.endsWith("_DESC") ? ascending.reversed() : ascending;
    }

    private static Predicate<Map<String, Object>> equalTo(Map<String, Object> filter, String argument, String field) {
        var wanted = filter.get(argument);
        return wanted == null ? entry -> true : entry -> wanted.equals(entry.get(field));
    }

    static Predicate<Map<String, Object>> oneOf(Map<String, Object> filter, String argument, String field) {
        return filter.get(argument) instanceof Collection<?> wanted
                ? entry -> wanted.contains(entry.get(field))
                : entry -> true;
    }

    private static Predicate<Map<String, Object>> onOrAfter(Map<String, Object> filter, String argument, String field) {
        var day = filter.get(argument);
        return day == null
                ? entry -> true
                : entry -> entry.get(field) != null && !day(entry.get(field)).isBefore(LocalDate.parse((String) day));
    }

    private static Predicate<Map<String, Object>> onOrBefore(
            Map<String, Object> filter, String argument, String field) {
        var day = filter.get(argument);
        return day == null
                ? entry -> true
                : entry -> entry.get(field) != null && !day(entry.get(field)).isAfter(LocalDate.parse((String) day));
    }

    private static LocalDate day(Object instant) {
        return instant(instant).atZone(ZONE).toLocalDate();
    }

    private static Instant instant(Object text) {
        return OffsetDateTime.parse((String) text).toInstant();
    }
}
