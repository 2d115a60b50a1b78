package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Configures quarkus-mailer from the documented {@code SMTP_*} variables. */
public final class SmtpMailerConfigSource implements ConfigSourceFactory {
    private static final String PREFIX = "gazelle.alerts.smtp-";
    private static final int PORT = 25;
    private static final int IMPLICIT_TLS_PORT = 465;
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return List.of(new PropertiesConfigSource(
                properties(name -> value(context, PREFIX + name)), "SMTP settings", ORDINAL));
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        var value = context.getValue(name);
        return value == null
                ? Optional.empty()
                : Optional.ofNullable(value.getValue()).filter(text -> !text.isBlank());
    }

    /** Where a setting is looked up, by the last part of its name. */
    interface Settings {
        Optional<String> get(String name);
    }

    static Map<String, String> properties(Settings settings) {
        var tls = SmtpTlsMode.of(settings.get("tls").orElse(null));
        var properties = new HashMap<String, String>();
        properties.put("quarkus.mailer.host", settings.get("host").orElse("localhost"));
        properties.put("quarkus.mailer.port", settings.get("port").orElse(Integer.toString(defaultPort(tls))));
        properties.put("quarkus.mailer.tls", Boolean.toString(tls == SmtpTlsMode.IMPLICIT));
        properties.put(
                "quarkus.mailer.start-tls",
                switch (tls) {
                    case OPTIONAL -> "OPTIONAL";
                    case REQUIRED -> "REQUIRED";
                    case IMPLICIT, NONE -> "DISABLED";
                });
        var username = settings.get("username");
        properties.put("quarkus.mailer.login", username.isPresent() ? "REQUIRED" : "NONE");
        username.ifPresent(name -> properties.put("quarkus.mailer.username", name));
        // A password without a name is not used.
        username.flatMap(name -> settings.get("password"))
                .ifPresent(password -> properties.put("quarkus.mailer.password", password));
        return properties;
    }

    /** The configured port, or the usual one of the TLS mode. */
    static int port(AlertsConfig config) {
        return config.smtpPort()
                .orElse(defaultPort(SmtpTlsMode.of(config.smtpTls().orElse(null))));
    }

    private static int defaultPort(SmtpTlsMode tls) {
        return tls == SmtpTlsMode.IMPLICIT ? IMPLICIT_TLS_PORT : PORT;
    }
}
