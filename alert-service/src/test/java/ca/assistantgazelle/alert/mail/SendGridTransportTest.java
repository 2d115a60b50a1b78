package ca.assistantgazelle.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.sendgrid.SendGridTransport;
import ca.assistantgazelle.alert.notification.MailServerResource;
import ca.assistantgazelle.emulators.sendgrid.SendGridEmulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServerResource.class)
class SendGridTransportTest {
    private static final OutgoingMail MESSAGE =
            new OutgoingMail("<rv-1@essai.example>", "anne@essai.example", "[RV] 1", "texte", "<p>é</p>");

    @Inject
    SendGridTransport transport;

    private final SendGridEmulator sendGrid = MailServerResource.sendGrid();

    @BeforeEach
    void empty() {
        sendGrid.clear();
    }

    @Test
    void acceptedMailHasTheProvidersId() {
        assertThat(transport.send(MESSAGE)).isEqualTo(new MailSendResult.Accepted("sg-1"));
        var sent = sendGrid.messages().getFirst();
        assertThat(sent.at("/personalizations/0/to/0/email").asText()).isEqualTo("anne@essai.example");
        assertThat(sent.at("/from/email").asText()).isEqualTo("alertes@essai.example");
        assertThat(sent.at("/content/0/type").asText()).isEqualTo("text/plain");
        assertThat(sent.at("/content/1/value").asText()).isEqualTo("<p>é</p>");
    }

    @ParameterizedTest
    @CsvSource({"400, false", "401, false", "413, false", "429, true", "500, true"})
    void aRefusalIsClassifiedAsRetryableOrNot(int status, boolean retryable) {
        sendGrid.respondWith(status);
        assertThat(transport.send(MESSAGE))
                .isEqualTo(new MailSendResult.Refused(
                        "SendGrid responded with status " + status + ": simulated error", retryable));
        assertThat(sendGrid.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void aGatewayErrorIsUnclear(int status) {
        sendGrid.respondWith(status);
        assertThat(transport.send(MESSAGE))
                .isEqualTo(new MailSendResult.Unclear("SendGrid responded with status " + status));
    }

    @Test
    void aLostResponseIsUnclear() {
        sendGrid.respondWith(SendGridEmulator.DROP_CONNECTION);
        assertThat(transport.send(MESSAGE)).isInstanceOf(MailSendResult.Unclear.class);
    }

    @Test
    void theKeyIsCheckedWithoutSending() {
        assertThat(transport.check()).isNull();
        assertThat(sendGrid.messages()).isEmpty();
    }
}
