package ca.assistantgazelle.alert.mail.smtp;

import java.util.Locale;

/** TLS on the connection to the SMTP server. */
public enum SmtpTlsMode {
    /** STARTTLS when the server offers it. */
    OPTIONAL,
    /** STARTTLS; otherwise the connection fails. */
    REQUIRED,
    /** TLS from the first byte. */
    IMPLICIT,
    NONE;

    /** @param word the value of {@code SMTP_TLS}, common synonyms included; null or blank = optional */
    public static SmtpTlsMode of(String word) {
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
