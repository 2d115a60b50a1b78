package ca.assistantgazelle.alert.mail.smtp;

import static ca.assistantgazelle.alert.mail.smtp.SmtpTransportTest.mail;
import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.MailSendResult;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SmtpCertificateTest.RequiredTls.class)
class SmtpCertificateTest {
    /** Requires STARTTLS of a server whose certificate nobody has signed. */
    public static final class RequiredTls implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SmtpLoginServer.class, Map.of("tls", "required")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Inject
    SmtpTransport transport;

    @Test
    void anUntrustedCertificateIsRejected() {
        assertThat(transport.send(mail("[RV]")))
                .isInstanceOfSatisfying(
                        MailSendResult.Refused.class,
                        refused -> assertThat(refused.reason()).startsWith("TLS with the SMTP server failed"));
    }
}
