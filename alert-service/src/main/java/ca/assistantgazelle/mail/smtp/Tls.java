package ca.assistantgazelle.mail.smtp;

import java.util.Locale;

/** How the line to the SMTP server is protected. */
public enum Tls {
  /** STARTTLS when the server offers it. */
  OPTIONAL,
  /** STARTTLS or nothing. */
  REQUIRED,
  /** TLS from the first byte. */
  IMPLICIT,
  NONE;

  /**
   * @param word of {@code SMTP_TLS}, in any spelling people use; null or blank = optional
   */
  public static Tls of(String word) {
    var wanted = word == null ? "" : word.strip().toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "", "optional" -> OPTIONAL;
      case "required", "starttls", "true", "on", "yes", "1" -> REQUIRED;
      case "implicit", "ssl", "tls", "smtps" -> IMPLICIT;
      case "none", "disabled", "false", "off", "no", "0" -> NONE;
      default ->
          throw new IllegalStateException(
              "SMTP_TLS is '" + word + "'; it must be optional, required, implicit or none");
    };
  }
}
