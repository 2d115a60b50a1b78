package ca.assistantgazelle.mirror;

import ca.assistantgazelle.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Tells whether a row's content changed: SHA-256 over every column that Gazelle fills, by name. A
 * new column changes it.
 */
public final class ContentHash {
  private static final byte FIELD = 0x1f;
  private static final byte NULL = 0x00;

  private ContentHash() {}

  public static byte[] of(Record row) {
    var digest = sha256();
    for (var column : Column.of(row.getClass())) {
      var value = column.value(row);
      digest.update(column.name().getBytes(StandardCharsets.UTF_8));
      digest.update(FIELD);
      if (value == null) {
        digest.update(NULL);
      } else {
        digest.update(text(value).getBytes(StandardCharsets.UTF_8));
      }
      digest.update(FIELD);
    }
    return digest.digest();
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
