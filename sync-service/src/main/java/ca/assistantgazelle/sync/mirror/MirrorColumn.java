package ca.assistantgazelle.sync.mirror;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A component of a row record; the components are cached per record type, in record order. */
final class MirrorColumn {
    private static final ClassValue<List<MirrorColumn>> COLUMNS_BY_TYPE = new ClassValue<>() {
        @Override
        protected List<MirrorColumn> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(MirrorColumn::new).toList();
        }
    };

    private static final ClassValue<String> NAME_HASHES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return Integer.toHexString(Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.joining(","))
                    .hashCode());
        }
    };

    private final String name;
    private final Class<?> type;
    private final MethodHandle accessor;

    private MirrorColumn(RecordComponent component) {
        this.name = component.getName();
        this.type = component.getType();
        this.accessor = handle(component);
    }

    static List<MirrorColumn> of(Class<? extends Record> type) {
        return COLUMNS_BY_TYPE.get(type);
    }

    /** A hash of the component names. */
    static String nameHash(Class<? extends Record> type) {
        return NAME_HASHES.get(type);
    }

    String name() {
        return name;
    }

    Class<?> type() {
        return type;
    }

    /** Element type of the array that {@link ColumnArrays} makes of the column. */
    String sqlType() {
        return switch (type.getSimpleName()) {
            case "Integer" -> "int";
            case "Boolean" -> "boolean";
            case "LocalDate" -> "date";
            case "LocalTime" -> "time";
            case "Instant" -> "timestamptz";
            default -> "text";
        };
    }

    Object value(Record row) {
        try {
            return (Object) accessor.invokeExact(row);
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot read a record component", e);
        }
    }

    private static MethodHandle handle(RecordComponent component) {
        var method = component.getAccessor();
        method.setAccessible(true);
        try {
            return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot access a record component", e);
        }
    }
}
