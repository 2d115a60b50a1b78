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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SmtpLoginTest.WithoutTls.class)
class SmtpLoginTest {
    /** Sends the password without TLS. */
    public static final class WithoutTls implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SmtpLoginServer.class, Map.of("tls", "none")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Inject
    SmtpTransport transport;

    @AfterEach
    void restorePassword() {
        SmtpLoginServer.acceptedPassword = "bon";
    }

    @Test
    void mailIsAcceptedAfterLogin() {
        assertThat(transport.send(mail("[RV]"))).isEqualTo(new MailSendResult.Accepted("<rv-1@essai.example>"));
    }

    @Test
    void aWrongPasswordIsReportedAndNotRetried() {
        SmtpLoginServer.acceptedPassword = "autre";
        assertThat(transport.send(mail("[RV]"))).isInstanceOfSatisfying(MailSendResult.Refused.class, refused -> {
            assertThat(refused.reason()).startsWith("SMTP 535").doesNotContain("bon");
            assertThat(refused.retryable()).isFalse();
        });
    }
}
