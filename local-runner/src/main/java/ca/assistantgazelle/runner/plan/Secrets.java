package ca.assistantgazelle.runner.plan;

import ca.assistantgazelle.contract.token.TokenHash;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Tokens and passwords of the local system, made at the first start and kept in {@code .gazelle}.
 */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Home home;
  private final Properties values;

  private Secrets(Home home, Properties values) {
    this.home = home;
    this.values = values;
  }

  public static Secrets of(Home home) {
    try {
      var values = new Properties();
      var file = home.file("secrets.properties");
      if (Files.exists(file)) {
        values.load(new StringReader(Files.readString(file)));
      }
      var secrets = new Secrets(home, values);
      secrets.fill();
      return secrets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String databasePassword() {
    return values.getProperty("database");
  }

  /** What S3's requests are signed with. */
  public String s3SecretKey() {
    return values.getProperty("s3");
  }

  public String gazelleApiKey() {
    return values.getProperty("gazelle");
  }

  /** By role. */
  public Map<String, String> tokens() {
    var tokens = new LinkedHashMap<String, String>();
    for (var role : new String[] {"viewer", "operator", "admin"}) {
      tokens.put(role, values.getProperty(role));
    }
    return tokens;
  }

  /** The file for {@code API_TOKENS_FILE}: hashes only. */
  public Path tokensFile() {
    var lines = new StringBuilder();
    tokens()
        .forEach(
            (role, token) ->
                lines.append(TokenHash.line("local-" + role, role, token)).append('\n'));
    home.writeSecret("api-tokens", lines.toString());
    return home.file("api-tokens");
  }

  private void fill() throws IOException {
    for (var name : new String[] {"database", "gazelle", "s3", "viewer", "operator", "admin"}) {
      values.computeIfAbsent(name, missing -> random());
    }
    var text = new StringWriter();
    values.store(text, "Secrets of this local system");
    home.writeSecret("secrets.properties", text.toString());
  }

  private static String random() {
    var bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
