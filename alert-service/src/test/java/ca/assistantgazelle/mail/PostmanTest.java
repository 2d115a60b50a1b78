package ca.assistantgazelle.mail;

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

class PostmanTest {
  private final List<Message> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"local, OFF", "staging, DRY_RUN", "production, LIVE"})
  void theEnvironmentDecidesUnlessSomebodyDoes(String environment, Mode mode) {
    assertThat(postman(environment, Map.of()).mode()).isEqualTo(mode);
    assertThat(postman(environment, Map.of("gazelle.alerts.mode", " OFF ")).mode())
        .isEqualTo(Mode.OFF);
  }

  @Test
  void outsideOfProductionLiveMustBeMeant() {
    var live = Map.of("gazelle.alerts.mode", "live", "gazelle.alerts.from", "a@b.example");
    assertThatThrownBy(() -> postman("staging", live).requireSense(null))
        .hasMessageContaining("ALERTS_LIVE_ANYWAY");
    var meant = new HashMap<>(live);
    meant.put("gazelle.alerts.live-anyway", "true");
    postman("staging", meant).requireSense(null);
  }

  @Test
  void senselessSettingsEndTheStart() {
    assertThatThrownBy(() -> postman("production", Map.of("gazelle.alerts.transport", "pigeon")))
        .hasMessageContaining("MAIL_TRANSPORT is 'pigeon'");
    assertThatThrownBy(() -> postman("production", Map.of("gazelle.alerts.mode", "maybe")))
        .hasMessageContaining("ALERTS_MODE is 'maybe'");
    assertThatThrownBy(
            () ->
                postman("production", Map.of("gazelle.alerts.mode", "redirect")).requireSense(null))
        .hasMessageContaining("ALERTS_REDIRECT_TO");
  }

  @Test
  void whatIsRedirectedNeverReachesItsAddressee() {
    var postman =
        postman(
            "staging",
            Map.of(
                "gazelle.alerts.mode", "redirect",
                "gazelle.alerts.redirect-to", "essai@b.example",
                "gazelle.alerts.from", "a@b.example"));
    postman.send(new Message("<1>", "anne@b.example", "[RV]", "", ""));
    assertThat(sent).extracting(Message::to).containsExactly("essai@b.example");
    assertThat(sent.getFirst().subject()).contains("anne@b.example");
  }

  @Test
  void nothingLeavesWithoutASenderOrInAModeThatSendsNothing() {
    assertThat(postman("production", Map.of()).send(new Message("<1>", "a@b.example", "", "", "")))
        .isEqualTo(new Receipt.Refused("MAIL_FROM is not set", false));
    assertThatThrownBy(
            () -> postman("staging", Map.of()).send(new Message("<1>", "a@b.example", "", "", "")))
        .hasMessageContaining("dry-run");
    assertThat(sent).isEmpty();
  }

  private Postman postman(String environment, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("gazelle.scheduler.enabled", "true");
    all.put("gazelle.scheduler.environment", environment);
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(AlertsConfig.class)
            .withMapping(EnvironmentConfig.class)
            .withDefaultValues(all)
            .build();
    return new Postman(
        config.getConfigMapping(AlertsConfig.class),
        config.getConfigMapping(EnvironmentConfig.class),
        List.of(new Recording()));
  }

  private final class Recording implements MailTransport {
    @Override
    public String name() {
      return "smtp";
    }

    @Override
    public Receipt send(Message message) {
      sent.add(message);
      return new Receipt.Accepted("1");
    }

    @Override
    public String check() {
      return null;
    }
  }
}
