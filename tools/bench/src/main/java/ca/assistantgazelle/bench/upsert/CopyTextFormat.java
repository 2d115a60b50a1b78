package ca.assistantgazelle.bench.upsert;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of one table in the text format of COPY. */
final class CopyTextFormat {
    private final List<String> names;
    private final ReflectiveAccess.ReflectiveCall[] columns;
    private final StringBuilder text = new StringBuilder(1 << 16);

    CopyTextFormat(Class<?> row) {
        // A component without a column is only part of the hash.
        var components = Stream.of(row.getRecordComponents())
                .filter(component -> !component.getName().equals("pianos"))
                .toList();
        this.names = components.stream()
                .map(RecordComponent::getName)
                .map(CopyTextFormat::snake)
                .toList();
        this.columns = components.stream()
                .map(component -> ReflectiveAccess.method(row, component.getName(), 0))
                .toArray(ReflectiveAccess.ReflectiveCall[]::new);
    }

    void add(Record row) {
        for (int i = 0; i < columns.length; i++) {
            text.append(i == 0 ? "" : "\t");
            render(columns[i].invoke(row));
        }
        text.append('\n');
    }

    String columns() {
        return String.join(", ", names);
    }

    InputStream stream() {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void render(Object value) {
        switch (value) {
            case null -> text.append("\\N");
            case List<?> list ->
                escape(list.stream()
                        .map(item -> "\"" + item.toString().replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(",", "{", "}")));
            default -> escape(value.toString());
        }
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
