package ca.assistantgazelle.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Makes the mailer's two TLS settings of the one people set: {@code SMTP_TLS} is {@code optional}
 * (default), {@code required} (STARTTLS or nothing), {@code implicit} (TLS from the first byte) or
 * {@code none}.
 */
public final class SmtpSettings implements ConfigSource {
  /** Above application.properties, below the environment. */
  private static final int ORDINAL = 260;

  private static final String START_TLS = "quarkus.mailer.start-tls";
  private static final String TLS = "quarkus.mailer.tls";

  private final Map<String, String> settings = settings(System.getenv("SMTP_TLS"));

  static Map<String, String> settings(String word) {
    var wanted = word == null || word.isBlank() ? "optional" : word.toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "optional" -> Map.of(START_TLS, "OPTIONAL", TLS, "false");
      case "required" -> Map.of(START_TLS, "REQUIRED", TLS, "false");
      case "implicit" -> Map.of(START_TLS, "DISABLED", TLS, "true");
      case "none" -> Map.of(START_TLS, "DISABLED", TLS, "false");
      default ->
          throw new IllegalStateException(
              "SMTP_TLS is '" + word + "'; it must be optional, required, implicit or none");
    };
  }

  @Override
  public Set<String> getPropertyNames() {
    return settings.keySet();
  }

  @Override
  public String getValue(String name) {
    return settings.get(name);
  }

  @Override
  public String getName() {
    return "SMTP_TLS";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
