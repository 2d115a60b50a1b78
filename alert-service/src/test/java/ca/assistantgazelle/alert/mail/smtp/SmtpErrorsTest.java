package ca.assistantgazelle.alert.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.alert.mail.MailSendResult;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpErrorsTest {
    static Stream<Arguments> beforeTheSession() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), true),
                Arguments.of(new UnknownHostException("smtp.example"), true),
                Arguments.of(new SSLHandshakeException("untrusted"), true),
                Arguments.of(new NoStackTraceThrowable("STARTTLS required but not supported by server"), false),
                Arguments.of(new NoStackTraceThrowable("login is required, but no credentials supplied"), false));
    }

    @ParameterizedTest
    @MethodSource("beforeTheSession")
    void whatFailsBeforeTheSessionIsRefused(Throwable failure, boolean retryable) {
        assertThat(SmtpErrors.toSendResult(new CompletionException(failure)))
                .isInstanceOfSatisfying(
                        MailSendResult.Refused.class,
                        refused -> assertThat(refused.retryable()).isEqualTo(retryable));
    }

    static Stream<Throwable> afterTheHandshake() {
        return Stream.of(new IOException("socket closed"), new SSLException("bad record"));
    }

    @ParameterizedTest
    @MethodSource("afterTheHandshake")
    void anythingElseIsUncertain(Throwable failure) {
        assertThat(SmtpErrors.toSendResult(new CompletionException(failure)))
                .isInstanceOf(MailSendResult.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        ", OPTIONAL, false, 25",
        "required, REQUIRED, false, 25",
        "implicit, DISABLED, true, 465",
        "none, DISABLED, false, 25"
    })
    void theTlsModeConfiguresTheMailer(String mode, String startTls, String tls, String port) {
        var properties =
                SmtpMailerConfigSource.properties(name -> Optional.ofNullable(name.equals("tls") ? mode : null));
        assertThat(properties)
                .containsEntry("quarkus.mailer.start-tls", startTls)
                .containsEntry("quarkus.mailer.tls", tls)
                .containsEntry("quarkus.mailer.port", port)
                .containsEntry("quarkus.mailer.login", "NONE");
    }

    @Test
    void aPasswordWithoutANameIsNotUsed() {
        var settings = Map.of("password", "bon");
        assertThat(SmtpMailerConfigSource.properties(name -> Optional.ofNullable(settings.get(name))))
                .doesNotContainKey("quarkus.mailer.password");
    }
}
