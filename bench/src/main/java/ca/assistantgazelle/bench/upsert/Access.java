package ca.assistantgazelle.bench.upsert;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Reaches classes that only their own package, or the container, may make: benchmarks are guests.
 */
final class Access {
  private Access() {}

  /** An instance by the only constructor that takes as many arguments. */
  @SuppressWarnings("unchecked")
  static <T> T make(Class<T> type, Object... arguments) {
    try {
      Constructor<?> constructor =
          Stream.of(type.getDeclaredConstructors())
              .filter(one -> one.getParameterCount() == arguments.length)
              .findFirst()
              .orElseThrow();
      constructor.setAccessible(true);
      return (T) constructor.newInstance(arguments);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** A method by name and number of arguments, looked up once. */
  static Call method(Class<?> type, String name, int arguments) {
    Method method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(one -> one.getName().equals(name) && one.getParameterCount() == arguments)
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    return (target, values) -> {
      try {
        return method.invoke(target, values);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(name + " of " + type + " failed", e);
      }
    };
  }

  /** A method to be called. */
  interface Call {
    /**
     * @param target null for a static one
     */
    Object on(Object target, Object... values);
  }

  /** A static field's value. */
  static Object value(Class<?> type, String name) {
    try {
      var field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no " + name, e);
    }
  }

  static Class<?> type(String name) {
    try {
      return Class.forName("ca.assistantgazelle." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
