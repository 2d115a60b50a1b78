package ca.assistantgazelle.contract.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hashes API tokens. A tokens file contains {@code name role sha256:<64 hex digits>}, never the
 * token itself.
 */
public final class TokenHash {
  public static final String PREFIX = "sha256:";

  private TokenHash() {}

  /** SHA-256 in hex. Tokens are long and random, so no slower hash is needed. */
  public static String of(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 not available", e);
    }
  }

  /** The line for a token in a tokens file. */
  public static String line(String name, String role, String token) {
    return name + " " + role + " " + PREFIX + of(token);
  }
}
