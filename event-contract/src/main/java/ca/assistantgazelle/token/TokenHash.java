package ca.assistantgazelle.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How an API token is written down: {@code name role sha256:<64 hex digits>}, never the token
 * itself.
 */
public final class TokenHash {
  public static final String PREFIX = "sha256:";

  private TokenHash() {}

  /** SHA-256 in hex. Tokens are long and random, so nothing slower is needed. */
  public static String of(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The line of a tokens file for a token. */
  public static String line(String name, String role, String token) {
    return name + " " + role + " " + PREFIX + of(token);
  }
}
