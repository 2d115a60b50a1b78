package ca.assistantgazelle.alert.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.emulators.mail.MailFault;
import ca.assistantgazelle.emulators.mail.MailServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error before the mail was handed to the server means that it was definitely not sent. */
class SmtpTransportTest {
  private static final MailServer SERVER = MailServer.start(0, 0, Clock.systemUTC());

  @BeforeEach
  void empty() {
    SERVER.clear();
    SERVER.faults().clear();
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void mailArrivesUnchangedWithItsMessageId() {
    assertThat(transport(SERVER.port(), Map.of()).send(message("Élan\r\nBcc: x@essai.example")))
        .isEqualTo(new SendResult.Accepted("<rv-1@essai.example>"));
    var source = SERVER.messages().getFirst().source();
    assertThat(source)
        .contains("Message-ID: <rv-1@essai.example>", "Auto-Submitted: auto-generated", "List-Id:")
        .doesNotContainPattern("(?m)^Bcc");
  }

  @ParameterizedTest
  @CsvSource({
    "GREYLIST, SMTP 451, true",
    "REFUSE_RECIPIENT, SMTP 550, false",
    "TOO_LARGE, SMTP 552, false"
  })
  void aRefusalIsClassifiedAsRetryableOrNot(MailFault fault, String begins, boolean retryable) {
    SERVER.faults().inject(fault, null, 1);
    assertThat(transport(SERVER.port(), Map.of()).send(message("[RV]")))
        .isInstanceOfSatisfying(
            SendResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).startsWith(begins);
              assertThat(refused.retryable()).isEqualTo(retryable);
            });
  }

  @Test
  void anUnansweredMailIsUnclear() {
    SERVER.faults().inject(MailFault.DIE_AFTER_DATA, null, 1);
    assertThat(transport(SERVER.port(), Map.of()).send(message("[RV]")))
        .isInstanceOf(SendResult.Unclear.class);
    assertThat(SERVER.messages()).hasSize(1);
  }

  @Test
  void anUnreachableOrSilentServerReceivesNothing() throws IOException {
    int port;
    try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = mute.getLocalPort();
      var quick = Map.of("gazelle.alerts.patience", "PT0.5S");
      assertThat(transport(port, quick).send(message("[RV]")))
          .isInstanceOfSatisfying(
              SendResult.Refused.class, refused -> assertThat(refused.retryable()).isTrue());
    }
    assertThat(transport(port, Map.of()).send(message("[RV]")))
        .isEqualTo(new SendResult.Refused("the SMTP server cannot be reached", true));
    assertThat(transport(port, Map.of()).check()).contains("cannot be reached");
  }

  @Test
  void nothingIsSentWithoutTheRequiredTls() {
    var transport = transport(SERVER.port(), Map.of("gazelle.alerts.smtp-tls", "required"));
    assertThat(transport.send(message("[RV]")))
        .isInstanceOfSatisfying(
            SendResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("STARTTLS");
              assertThat(refused.retryable()).isFalse();
            });
    assertThat(transport.check()).contains("STARTTLS");
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void anInvalidAddressIsRefusedLocally() {
    assertThat(
            transport(SERVER.port(), Map.of())
                .send(
                    new OutgoingMail("<1@essai.example>", "anne\r\nBcc: x@y.example", "", "", "")))
        .isEqualTo(new SendResult.Refused("invalid address", false));
  }

  @Test
  void aNonAsciiAddressIsRefused() {
    assertThat(
            transport(SERVER.port(), Map.of())
                .send(new OutgoingMail("<1@essai.example>", "\u0161nne@essai.example", "", "", "")))
        .isEqualTo(new SendResult.Refused("invalid address", false));
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void aServerWithoutAuthIsRefusedWhenAUserNameIsSet() {
    var settings =
        Map.of("gazelle.alerts.smtp-username", "facteur", "gazelle.alerts.smtp-password", "bon");
    var transport = transport(SERVER.port(), settings);
    assertThat(transport.check()).contains("AUTH");
    assertThat(transport.send(message("[RV]")))
        .isInstanceOfSatisfying(
            SendResult.Refused.class, refused -> assertThat(refused.retryable()).isFalse());
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void aMailIsEitherHandedOverOrAbandoned() {
    var late = new HandoffTracker();
    assertThat(late.giveUp()).isTrue();
    assertThat(late.begin()).isFalse();
    var begun = new HandoffTracker();
    assertThat(begun.begin()).isTrue();
    assertThat(begun.giveUp()).isFalse();
    assertThat(begun.hasBegun()).isTrue();
  }

  static OutgoingMail message(String subject) {
    return new OutgoingMail("<rv-1@essai.example>", "anne@essai.example", subject, "é", "<p>é</p>");
  }

  static SmtpTransport transport(int port, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("gazelle.alerts.smtp-host", "localhost");
    all.put("gazelle.alerts.smtp-port", Integer.toString(port));
    all.put("gazelle.alerts.from", "Piano Élan <alertes@essai.example>");
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(AlertsConfig.class)
            .withDefaultValues(all)
            .build()
            .getConfigMapping(AlertsConfig.class);
    return new SmtpTransport(config, Clock.systemUTC());
  }
}
