package ca.assistantgazelle.bench.upsert;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of one table in COPY's text format. */
final class CopyText {
  private final List<String> names;
  private final Access.Call[] columns;
  private final StringBuilder text = new StringBuilder(1 << 16);

  CopyText(Class<?> row) {
    // A component that is no column of the table is there for the hash only.
    var components =
        Stream.of(row.getRecordComponents())
            .filter(component -> !component.getName().equals("pianos"))
            .toList();
    this.names = components.stream().map(RecordComponent::getName).map(CopyText::snake).toList();
    this.columns =
        components.stream()
            .map(component -> Access.method(row, component.getName(), 0))
            .toArray(Access.Call[]::new);
  }

  void add(Record row) {
    for (int i = 0; i < columns.length; i++) {
      text.append(i == 0 ? "" : "\t");
      render(columns[i].on(row));
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
          escape(
              list.stream()
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
