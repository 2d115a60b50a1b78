package ca.assistantgazelle.sync.mirror;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Converts rows to one array per column, in the order of the record's components, for UNNEST. */
final class ColumnArrays {
    private ColumnArrays() {}

    static <R extends Record> List<Object> of(Class<R> type, List<R> rows) {
        var arrays = new ArrayList<Object>();
        for (var column : MirrorColumn.of(type)) {
            arrays.add(array(column, rows));
        }
        return arrays;
    }

    private static Object array(MirrorColumn column, List<? extends Record> rows) {
        var values = rows.stream().map(column::value);
        return switch (column.type().getSimpleName()) {
            case "String" -> values.toArray(String[]::new);
            case "Integer" -> values.toArray(Integer[]::new);
            case "Boolean" -> values.toArray(Boolean[]::new);
            case "LocalDate" -> values.toArray(LocalDate[]::new);
            case "LocalTime" -> values.toArray(LocalTime[]::new);
            case "Instant" -> values.toArray(Instant[]::new);
            // As text: lists as array literals because UNNEST would flatten them, amounts to avoid
            // conversion through a float.
            case "List" ->
                values.map(value -> value == null ? null : literal((List<?>) value))
                        .toArray(String[]::new);
            case "BigDecimal" ->
                values.map(value -> value == null ? null : ((BigDecimal) value).toPlainString())
                        .toArray(String[]::new);
            default -> throw new IllegalStateException("no array type for " + column.name());
        };
    }

    /** PostgreSQL's array literal of a list of texts. */
    static String literal(List<?> items) {
        return items.stream()
                .map(item -> "\"" + item.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
