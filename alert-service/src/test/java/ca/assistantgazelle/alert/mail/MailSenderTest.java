package ca.assistantgazelle.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSenderTest {
    private final List<OutgoingMail> sent = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"local, OFF", "staging, DRY_RUN", "production, LIVE"})
    void theDefaultModeDependsOnTheEnvironment(String environment, AlertsMode mode) {
        assertThat(mailSender(environment, Map.of()).mode()).isEqualTo(mode);
        assertThat(mailSender(environment, Map.of("gazelle.alerts.mode", " OFF "))
                        .mode())
                .isEqualTo(AlertsMode.OFF);
    }

    @Test
    void liveOutsideOfProductionMustBeConfirmed() {
        var live = Map.of("gazelle.alerts.mode", "live", "gazelle.alerts.from", "a@b.example");
        assertThatThrownBy(() -> mailSender("staging", live).validateSettings(null))
                .hasMessageContaining("ALERTS_LIVE_ANYWAY");
        var meant = new HashMap<>(live);
        meant.put("gazelle.alerts.live-anyway", "true");
        mailSender("staging", meant).validateSettings(null);
    }

    @Test
    void invalidSettingsAbortStartup() {
        assertThatThrownBy(() -> mailSender("production", Map.of("gazelle.alerts.transport", "pigeon")))
                .hasMessageContaining("MAIL_TRANSPORT is 'pigeon'");
        assertThatThrownBy(() -> mailSender("production", Map.of("gazelle.alerts.mode", "maybe")))
                .hasMessageContaining("ALERTS_MODE is 'maybe'");
        assertThatThrownBy(() -> mailSender("production", Map.of("gazelle.alerts.mode", "redirect"))
                        .validateSettings(null))
                .hasMessageContaining("ALERTS_REDIRECT_TO");
    }

    @Test
    void redirectedMailNeverReachesItsRecipient() {
        var mailSender = mailSender(
                "staging",
                Map.of(
                        "gazelle.alerts.mode", "redirect",
                        "gazelle.alerts.redirect-to", "essai@b.example",
                        "gazelle.alerts.from", "a@b.example"));
        mailSender.send(new OutgoingMail("<1>", "anne@b.example", "[RV]", "", ""));
        assertThat(sent).extracting(OutgoingMail::to).containsExactly("essai@b.example");
        assertThat(sent.getFirst().subject()).contains("anne@b.example");
    }

    @Test
    void nothingIsSentWithoutASenderOrInANonSendingMode() {
        assertThat(mailSender("production", Map.of()).send(new OutgoingMail("<1>", "a@b.example", "", "", "")))
                .isEqualTo(new MailSendResult.Refused("MAIL_FROM is not set", false));
        assertThatThrownBy(
                        () -> mailSender("staging", Map.of()).send(new OutgoingMail("<1>", "a@b.example", "", "", "")))
                .hasMessageContaining("dry-run");
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"local, smtp", "staging, smtp", "production, sendgrid"})
    void theDefaultTransportDependsOnTheEnvironment(String environment, String transport) {
        assertThat(mailSender(environment, Map.of()).transport().name()).isEqualTo(transport);
    }

    private MailSender mailSender(String environment, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("gazelle.scheduler.enabled", "true");
        all.put("gazelle.scheduler.environment", environment);
        var config = new SmallRyeConfigBuilder()
                .withMapping(AlertsConfig.class)
                .withMapping(EnvironmentConfig.class)
                .withDefaultValues(all)
                .build();
        return new MailSender(
                config.getConfigMapping(AlertsConfig.class),
                config.getConfigMapping(EnvironmentConfig.class),
                List.of(new RecordingTransport("smtp"), new RecordingTransport("sendgrid")));
    }

    private final class RecordingTransport implements MailTransport {
        private final String name;

        RecordingTransport(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public MailSendResult send(OutgoingMail mail) {
            sent.add(mail);
            return new MailSendResult.Accepted("1");
        }

        @Override
        public String check() {
            return null;
        }
    }
}
