package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.contract.token.AccessTokenHash;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.emulators.sendgrid.SendGridEmulator;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Broker and database with SCHEDULER_ENV=production, and emulated mail servers. */
public final class MailServerResource implements QuarkusTestResourceLifecycleManager {
    private static final String API_KEY = "SG.essai-0123456789";

    private static MailServer mail;
    private static SendGridEmulator sendGrid;

    /** The SMTP server of this JVM. */
    public static synchronized MailServer mail() {
        if (mail == null) {
            mail = MailServer.start(0, 0, Clock.systemUTC());
        }
        return mail;
    }

    /** The SendGrid emulator of this JVM. */
    public static synchronized SendGridEmulator sendGrid() {
        if (sendGrid == null) {
            sendGrid = SendGridEmulator.start(0, API_KEY);
        }
        return sendGrid;
    }

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(TestEnvironment.get().environmentVariables());
        settings.put("API_TOKENS_FILE", tokens().toString());
        settings.put("SCHEDULER_ENV", "production");
        settings.put("gazelle.alerts.transport", "smtp");
        settings.put("gazelle.alerts.smtp-host", "127.0.0.1");
        settings.put("gazelle.alerts.smtp-port", Integer.toString(mail().port()));
        settings.put("gazelle.alerts.from", "alertes@essai.example");
        settings.put("gazelle.alerts.public-url", "http://localhost:8000");
        settings.put("gazelle.alerts.admin-email", "admin@essai.example");
        settings.put("gazelle.alerts.office-email", "bureau@essai.example");
        settings.put("gazelle.alerts.sendgrid-api-key", API_KEY);
        settings.put("gazelle.alerts.sendgrid-api-url", sendGrid().url());
        settings.put("gazelle.alerts.send-timeout", "PT2S");
        settings.put("gazelle.alerts.batch-delay", "PT2S");
        return settings;
    }

    private static Path tokens() {
        try {
            var file = Files.createTempFile(
                    "tokens", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, AccessTokenHash.line("test-viewer", "viewer", "viewer") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Shared by all test classes of the JVM; stopped when it exits.
    }
}
