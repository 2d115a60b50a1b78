package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.notification.MailServerResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that offers STARTTLS with a self-signed certificate and requires a password. */
public final class SmtpLoginServer implements QuarkusTestResourceLifecycleManager {
    private static final String KEY_PASSWORD = "changeit";

    /** The password that the server accepts; the client is configured with {@code bon}. */
    static volatile String acceptedPassword = "bon";

    private final MailServerResource others = new MailServerResource();
    private Map<String, String> arguments = Map.of();
    private SMTPServer server;

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = initArgs;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = new SMTPServer.Builder()
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .port(0)
                    .startTlsSocketFactory(selfSigned())
                    .enableTLS()
                    .showAuthCapabilitiesBeforeSTARTTLS(true)
                    .requireAuth()
                    .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                        if (!user.equals("facteur") || !password.equals(acceptedPassword)) {
                            throw new LoginFailedException();
                        }
                    }))
                    .messageHandler((context, from, to, data) -> {})
                    .build();
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        server.start();
        var settings = new HashMap<>(others.start());
        settings.put("gazelle.alerts.smtp-host", "localhost");
        settings.put("gazelle.alerts.smtp-port", Integer.toString(server.getPortAllocated()));
        settings.put("gazelle.alerts.smtp-tls", arguments.get("tls"));
        settings.put("gazelle.alerts.smtp-username", "facteur");
        settings.put("gazelle.alerts.smtp-password", "bon");
        return settings;
    }

    private static SSLContext selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
        var folder = Files.createTempDirectory("smtp-keys");
        var keys = folder.resolve("keys.p12");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        KEY_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keys.toFile(), KEY_PASSWORD.toCharArray()), KEY_PASSWORD.toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    @Override
    public void stop() {
        server.stop();
    }
}
