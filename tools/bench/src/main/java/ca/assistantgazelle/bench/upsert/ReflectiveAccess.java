package ca.assistantgazelle.bench.upsert;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/** Reflective access to package-private classes and members of the services under test. */
final class ReflectiveAccess {
    private ReflectiveAccess() {}

    /** Creates an instance with the first constructor that has this number of parameters. */
    @SuppressWarnings("unchecked")
    static <T> T newInstance(Class<T> type, Object... arguments) {
        try {
            Constructor<?> constructor = Stream.of(type.getDeclaredConstructors())
                    .filter(one -> one.getParameterCount() == arguments.length)
                    .findFirst()
                    .orElseThrow();
            constructor.setAccessible(true);
            return (T) constructor.newInstance(arguments);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Failed to instantiate " + type, e);
        }
    }

    /** A method by name and number of parameters; looked up once. */
    static ReflectiveCall method(Class<?> type, String name, int arguments) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && one.getParameterCount() == arguments)
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return (target, values) -> {
            try {
                return method.invoke(target, values);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("Failed to call " + name + " of " + type, e);
            }
        };
    }

    /** A method that can be called. */
    interface ReflectiveCall {
        /** @param target null for a static method */
        Object invoke(Object target, Object... values);
    }

    /** The value of a static field. */
    static Object staticField(Class<?> type, String name) {
        try {
            var field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Failed to read field " + name + " of " + type, e);
        }
    }

    static Class<?> classNamed(String name) {
        try {
            return Class.forName("ca.assistantgazelle." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
