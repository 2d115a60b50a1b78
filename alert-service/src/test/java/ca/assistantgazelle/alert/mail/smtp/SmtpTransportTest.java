package ca.assistantgazelle.alert.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.notification.MailServerResource;
import ca.assistantgazelle.emulators.mail.MailFault;
import ca.assistantgazelle.emulators.mail.MailServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a mail after the SMTP server has answered, or has not. */
@QuarkusTest
@QuarkusTestResource(MailServerResource.class)
class SmtpTransportTest {
    @Inject
    SmtpTransport transport;

    private final MailServer server = MailServerResource.mail();

    @BeforeEach
    void clear() {
        server.clear();
        server.faults().clear();
    }

    @Test
    void aMailArrivesAsWrittenWithItsMessageId() {
        assertThat(transport.send(mail("Élan\r\nBcc: x@essai.example")))
                .isEqualTo(new MailSendResult.Accepted("<rv-1@essai.example>"));
        var source = server.messages().getFirst().source();
        assertThat(source)
                .contains("Message-ID: <rv-1@essai.example>", "Auto-Submitted: auto-generated", "List-Id:")
                .doesNotContainPattern("(?m)^Bcc");
    }

    @ParameterizedTest
    @CsvSource({"GREYLIST, SMTP 451, true", "REFUSE_RECIPIENT, SMTP 550, false", "TOO_LARGE, SMTP 552, false"})
    void aReplyCodeSaysWhetherARetryMayHelp(MailFault fault, String begins, boolean retryable) {
        server.faults().inject(fault, null, 1);
        assertThat(transport.send(mail("[RV]"))).isInstanceOfSatisfying(MailSendResult.Refused.class, refused -> {
            assertThat(refused.reason()).startsWith(begins);
            assertThat(refused.retryable()).isEqualTo(retryable);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = MailFault.class,
            names = {"DIE_AFTER_DATA", "SILENT"})
    void withoutADefiniteReplyDeliveryIsUncertain(MailFault fault) {
        server.faults().inject(fault, null, 1);
        assertThat(transport.send(mail("[RV]"))).isInstanceOf(MailSendResult.Unclear.class);
        assertThat(server.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anne\r\nBcc: x@y.example", "\u0161nne@essai.example", "anne", "a@b@c"})
    void anInvalidAddressIsRefusedWithoutSendingAnything(String address) {
        assertThat(transport.send(new OutgoingMail("<1@essai.example>", address, "", "", "")))
                .isEqualTo(new MailSendResult.Refused("the recipient's address is not valid", false));
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void theCheckReadsTheGreeting() {
        assertThat(transport.check()).isNull();
    }

    static OutgoingMail mail(String subject) {
        return new OutgoingMail("<rv-1@essai.example>", "anne@essai.example", subject, "é", "<p>é</p>");
    }
}
