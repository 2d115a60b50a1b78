package ca.assistantgazelle.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.mail.MailFault;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
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

/** Whatever goes wrong before the server was given the letter is sure: it was not sent. */
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
  void aLetterArrivesAsItWasWrittenWithItsOwnId() {
    assertThat(transport(SERVER.port(), Map.of()).send(message("Élan\r\nBcc: x@essai.example")))
        .isEqualTo(new Receipt.Accepted("<rv-1@essai.example>"));
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
  void aRefusalSaysWhetherItMayPass(MailFault fault, String begins, boolean retryable) {
    SERVER.faults().inject(fault, null, 1);
    assertThat(transport(SERVER.port(), Map.of()).send(message("[RV]")))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> {
              assertThat(refused.reason()).startsWith(begins);
              assertThat(refused.retryable()).isEqualTo(retryable);
            });
  }

  @Test
  void nobodyKnowsWhatBecameOfALetterThatWasNotAnswered() {
    SERVER.faults().inject(MailFault.DIE_AFTER_DATA, null, 1);
    assertThat(transport(SERVER.port(), Map.of()).send(message("[RV]")))
        .isInstanceOf(Receipt.Unclear.class);
    assertThat(SERVER.messages()).hasSize(1);
  }

  @Test
  void whoCannotBeReachedOrSaysNothingWasGivenNothing() throws IOException {
    int port;
    try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = mute.getLocalPort();
      var quick = Map.of("gazelle.alerts.patience", "PT0.5S");
      assertThat(transport(port, quick).send(message("[RV]")))
          .isInstanceOfSatisfying(
              Receipt.Refused.class, refused -> assertThat(refused.retryable()).isTrue());
    }
    assertThat(transport(port, Map.of()).send(message("[RV]")))
        .isEqualTo(new Receipt.Refused("the SMTP server cannot be reached", true));
    assertThat(transport(port, Map.of()).check()).contains("cannot be reached");
  }

  @Test
  void withoutTheTlsThatIsRequiredNothingIsSent() {
    var transport = transport(SERVER.port(), Map.of("gazelle.alerts.smtp-tls", "required"));
    assertThat(transport.send(message("[RV]")))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("STARTTLS");
              assertThat(refused.retryable()).isFalse();
            });
    assertThat(transport.check()).contains("STARTTLS");
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsRefusedHere() {
    assertThat(
            transport(SERVER.port(), Map.of())
                .send(new Message("<1@essai.example>", "anne\r\nBcc: x@y.example", "", "", "")))
        .isEqualTo(new Receipt.Refused("an address is not valid", false));
  }

  @Test
  void anotherAddressIsNotMadeOfOneThatIsNotAscii() {
    assertThat(
            transport(SERVER.port(), Map.of())
                .send(new Message("<1@essai.example>", "\u0161nne@essai.example", "", "", "")))
        .isEqualTo(new Receipt.Refused("an address is not valid", false));
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void aNameIsNotPassedOverWhereNobodyCanLogIn() {
    var settings =
        Map.of("gazelle.alerts.smtp-username", "facteur", "gazelle.alerts.smtp-password", "bon");
    var transport = transport(SERVER.port(), settings);
    assertThat(transport.check()).contains("AUTH");
    assertThat(transport.send(message("[RV]")))
        .isInstanceOfSatisfying(
            Receipt.Refused.class, refused -> assertThat(refused.retryable()).isFalse());
    assertThat(SERVER.messages()).isEmpty();
  }

  @Test
  void aLetterIsEitherHandedOverOrGivenUp() {
    var late = new HandOver();
    assertThat(late.giveUp()).isTrue();
    assertThat(late.begin()).isFalse();
    var begun = new HandOver();
    assertThat(begun.begin()).isTrue();
    assertThat(begun.giveUp()).isFalse();
    assertThat(begun.begun()).isTrue();
  }

  static Message message(String subject) {
    return new Message("<rv-1@essai.example>", "anne@essai.example", subject, "é", "<p>é</p>");
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
