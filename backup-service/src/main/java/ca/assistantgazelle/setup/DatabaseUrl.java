package ca.assistantgazelle.setup;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.postgresql.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A database's address as libpq takes it: {@code postgresql://user:password@host:port/database}.
 * What it leaves out comes from the PG variables.
 */
final class DatabaseUrl {
  private static final String PORT = "5432";
  private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)(?:&|$)");

  private DatabaseUrl() {}

  /** Its database is empty when the address names none. */
  static Source parse(String url, Function<String, Optional<String>> variables)
      throws BackupException {
    try {
      var uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
      if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("postgres")) {
        throw invalid();
      }
      var login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      var query = SSL_MODE.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
      return new Source(
          uri.getHost(),
          uri.getPort() > 0
              ? uri.getPort()
              : Integer.parseInt(variables.apply("PGPORT").orElse(PORT)),
          uri.getPath() == null || uri.getPath().length() < 2
              ? ""
              : decoded(uri.getRawPath().substring(1)),
          login.length > 0 ? decoded(login[0]) : user(variables),
          login.length > 1 ? decoded(login[1]) : variables.apply("PGPASSWORD").orElse(null),
          query.find() ? query.group(1) : sslMode(variables));
    } catch (URISyntaxException | NumberFormatException e) {
      // Its text may hold a password.
      throw invalid();
    }
  }

  static Source fromVariables(String host, Function<String, Optional<String>> variables)
      throws BackupException {
    try {
      return new Source(
          host,
          Integer.parseInt(variables.apply("PGPORT").orElse(PORT)),
          variables.apply("PGDATABASE").orElse(user(variables)),
          user(variables),
          variables.apply("PGPASSWORD").orElse(null),
          sslMode(variables));
    } catch (NumberFormatException e) {
      throw new BackupException(
          Cause.CONFIGURATION, "PGPORT is not a number.", "Write the server's port.", e);
    }
  }

  private static String user(Function<String, Optional<String>> variables) {
    return variables.apply("PGUSER").orElse("postgres");
  }

  private static String sslMode(Function<String, Optional<String>> variables) {
    return variables.apply("PGSSLMODE").orElse("prefer");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static BackupException invalid() {
    return new BackupException(
        Cause.CONFIGURATION,
        "This is not a database's address.",
        "Write it as postgresql://user@host:port/database, and the password in PGPASSWORD.");
  }
}
