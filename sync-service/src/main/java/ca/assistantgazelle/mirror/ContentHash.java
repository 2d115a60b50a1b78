package ca.assistantgazelle.mirror;

import ca.assistantgazelle.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Tells whether a row's content changed: SHA-256 over every column that Gazelle fills, in order. A
 * new column changes it.
 */
public final class ContentHash {
  private static final char FIELD = 0x1f;
  private static final char NULL = 0x00;

  private ContentHash() {}

  public static byte[] of(Record row) {
    var text = new StringBuilder(512);
    // The names of the columns, so that a new one changes the hash.
    text.append(Column.names(row.getClass())).append(FIELD);
    for (var column : Column.of(row.getClass())) {
      var value = column.value(row);
      if (value == null) {
        text.append(NULL);
      } else {
        text.append(text(value));
      }
      text.append(FIELD);
    }
    return sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  // A list's own text does not tell ["a, b"] from ["a", "b"].
  private static String text(Object value) {
    return value instanceof List<?> list ? EventJson.write(list) : value.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
