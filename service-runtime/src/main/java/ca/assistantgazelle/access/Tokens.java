package ca.assistantgazelle.access;

import ca.assistantgazelle.token.TokenHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that open this service: one line each, {@code name role sha256:<64 hex digits>}. Only
 * hashes are kept, and every one is compared in full, so that the time an answer takes says
 * nothing.
 */
public final class Tokens {
  /** A caller whose token was recognised. */
  public record Caller(String name, Set<String> roles) {}

  private record Entry(String name, Set<String> roles, String hash) {}

  private static final Set<PosixFilePermission> TOO_OPEN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = entries;
  }

  /** Nobody may call. */
  static Tokens none() {
    return new Tokens(List.of());
  }

  /**
   * @throws IllegalArgumentException naming the file and line when it cannot be used, or when
   *     others may read it
   */
  static Tokens read(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
        throw new IllegalArgumentException(
            "API_TOKENS_FILE " + file + " can be read by others. Run: chmod 600 " + file);
      }
      var lines = Files.readAllLines(file);
      return new Tokens(
          lines.stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(line -> entry(file, line))
              .toList());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "API_TOKENS_FILE " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  Optional<Caller> find(String token) {
    var presented = TokenHash.of(token);
    Entry found = null;
    for (var entry : entries) {
      if (MessageDigest.isEqual(bytes(entry.hash), bytes(presented))) {
        found = entry;
      }
    }
    return Optional.ofNullable(found).map(entry -> new Caller(entry.name, entry.roles));
  }

  private static Entry entry(Path file, String line) {
    var words = line.split("\\s+");
    if (words.length != 3 || !words[2].matches(TokenHash.PREFIX + "[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "API_TOKENS_FILE "
              + file
              + ": a line must read 'name role sha256:<64 hex digits>', the one for '"
              + words[0]
              + "' does not");
    }
    return new Entry(
        words[0], Role.granted(words[1]), words[2].substring(TokenHash.PREFIX.length()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
