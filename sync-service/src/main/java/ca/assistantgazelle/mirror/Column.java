package ca.assistantgazelle.mirror;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
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

  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return Integer.toHexString(
              Stream.of(type.getRecordComponents())
                  .map(RecordComponent::getName)
                  .collect(Collectors.joining(","))
                  .hashCode());
        }
      };

  private final String name;
  private final Class<?> type;
  private final MethodHandle accessor;

  private Column(RecordComponent component) {
    this.name = component.getName();
    this.type = component.getType();
    this.accessor = handle(component);
  }

  static List<Column> of(Class<? extends Record> type) {
    return COLUMNS.get(type);
  }

  /** A short text that differs when the record's components do. */
  static String names(Class<? extends Record> type) {
    return NAMES.get(type);
  }

  String name() {
    return name;
  }

  Class<?> type() {
    return type;
  }

  Object value(Record row) {
    try {
      return (Object) accessor.invokeExact(row);
    } catch (Throwable e) {
      throw new IllegalStateException("a record lets its components be read", e);
    }
  }

  private static MethodHandle handle(RecordComponent component) {
    var method = component.getAccessor();
    method.setAccessible(true);
    try {
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(Object.class, Record.class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("it was made accessible", e);
    }
  }
}
