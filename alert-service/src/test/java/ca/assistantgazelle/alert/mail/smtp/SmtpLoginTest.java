package ca.assistantgazelle.alert.mail.smtp;

import static ca.assistantgazelle.alert.mail.smtp.SmtpTransportTest.message;
import static ca.assistantgazelle.alert.mail.smtp.SmtpTransportTest.transport;
import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.SendResult;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A server that offers STARTTLS with a self-signed certificate and requires a password. */
class SmtpLoginTest {
  private static final String KEY_PASSWORD = "changeit";

  @TempDir static Path folder;
  private static Path keys;
  private static SMTPServer server;

  @BeforeAll
  static void start() throws Exception {
    keys = folder.resolve("keys.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
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
    assertThat(made).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    server =
        new SMTPServer.Builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .startTlsSocketFactory(tls())
            .enableTLS()
            .showAuthCapabilitiesBeforeSTARTTLS(true)
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, context) -> {
                      if (!user.equals("facteur") || !password.equals("bon")) {
                        throw new LoginFailedException();
                      }
                    }))
            .messageHandler((context, from, to, data) -> {})
            .build();
    server.start();
  }

  private static SSLContext tls() throws Exception {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(
        KeyStore.getInstance(keys.toFile(), KEY_PASSWORD.toCharArray()),
        KEY_PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void mailIsAcceptedAfterLogin() {
    var transport = transport(server.getPortAllocated(), settings("none", "bon"));
    assertThat(transport.check()).isNull();
    assertThat(transport.send(message("[RV]")))
        .isEqualTo(new SendResult.Accepted("<rv-1@essai.example>"));
  }

  @Test
  void aWrongPasswordIsReportedAndNotRetried() {
    var transport = transport(server.getPortAllocated(), settings("none", "faux"));
    assertThat(transport.check())
        .isEqualTo("the SMTP server rejected SMTP_USERNAME and SMTP_PASSWORD");
    assertThat(transport.send(message("[RV]")))
        .isInstanceOfSatisfying(
            SendResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).startsWith("SMTP 535").doesNotContain("faux");
              assertThat(refused.retryable()).isFalse();
            });
  }

  @Test
  void anUntrustedCertificateIsRejected() {
    assertThat(
            transport(server.getPortAllocated(), settings("required", "bon")).send(message("[RV]")))
        .isEqualTo(
            new SendResult.Refused(
                "TLS with the SMTP server failed: check SMTP_TLS and the server's certificate",
                false));
  }

  private static Map<String, String> settings(String tls, String password) {
    return Map.of(
        "gazelle.alerts.smtp-tls", tls,
        "gazelle.alerts.smtp-username", "facteur",
        "gazelle.alerts.smtp-password", password);
  }
}
