package ca.assistantgazelle.mirror;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** A component of a row's record; looked up once per record type, in the record's order. */
final class Column {
  private static final ClassValue<List<Column>> COLUMNS =
      new ClassValue<>() {
        @Override
        protected List<Column> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents()).map(Column::new).toList();
        }
      };

  private final String name;
  private final Class<?> type;
  private final Method accessor;

  private Column(RecordComponent component) {
    this.name = component.getName();
    this.type = component.getType();
    this.accessor = component.getAccessor();
    accessor.setAccessible(true);
  }

  static List<Column> of(Class<? extends Record> type) {
    return COLUMNS.get(type);
  }

  String name() {
    return name;
  }

  Class<?> type() {
    return type;
  }

  Object value(Record row) {
    try {
      return accessor.invoke(row);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record lets its components be read", e);
    }
  }
}
