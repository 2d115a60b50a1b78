package ca.assistantgazelle.emulators.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GazelleOAuthServerTest {
    private static final Instant NOW = Instant.parse("2026-03-09T15:00:00Z");

    private GazelleEmulator emulator;
    private EmulatorClient caller;

    @BeforeEach
    void start() {
        emulator = GazelleEmulator.start(
                0,
                SampleCompany.create(SampleVolumes.EMPTY, LocalDate.of(2026, 3, 9), Clock.fixed(NOW, ZoneOffset.UTC)),
                "key");
        caller = new EmulatorClient(emulator);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void aCodeIsReturnedWithTheStateAndIsSingleUse() throws Exception {
        var redirect = "http://127.0.0.1/retour";
        var answer = caller.get(emulator.authorizeUrl()
                + "?client_id="
                + emulator.oauth().clientId()
                + "&response_type=code&state=%C3%A9tat&redirect_uri="
                + redirect);
        assertThat(answer.statusCode()).isEqualTo(302);
        var location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(redirect + "?code=").endsWith("&state=%C3%A9tat");
        var code = location.replaceAll(".*code=([^&]+).*", "$1");
        var pair = exchange("grant_type=authorization_code&code=" + code + "&redirect_uri=" + redirect);
        assertThat(accepted(pair.path("access_token").asText())).isTrue();
        assertThat(pair.path("expires_in").asLong()).isEqualTo(7_200);
        assertThat(pair.path("created_at").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(exchange("grant_type=authorization_code&code=" + code + "&redirect_uri=" + redirect)
                        .path("error")
                        .asText())
                .isEqualTo("invalid_grant");
    }

    @Test
    void anExchangeRotatesTheRefreshTokenOrKeepsIt() throws Exception {
        var first = emulator.oauth().issueRefreshToken();
        var rotated = refresh(first);
        assertThat(rotated.path("refresh_token").asText()).isNotEqualTo(first).isNotEmpty();
        assertThat(refresh(first).path("error").asText()).isEqualTo("invalid_grant");
        emulator.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.STAYS);
        var second = rotated.path("refresh_token").asText();
        assertThat(refresh(second).has("refresh_token")).isFalse();
        assertThat(refresh(second).has("access_token")).isTrue();
        emulator.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.DEAD);
        assertThat(refresh(second).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aTokenExpiresAfterItsLifetime() throws Exception {
        emulator.behaviour().tokenLifetime(Duration.ofSeconds(60));
        var token = refresh(emulator.oauth().issueRefreshToken())
                .path("access_token")
                .asText();
        assertThat(accepted(token)).isTrue();
        emulator.behaviour().setClock(NOW.plusSeconds(60));
        assertThat(accepted(token)).isFalse();
    }

    @Test
    void otherGrantTypesAndApplicationsAreRejected() throws Exception {
        assertThat(exchange("grant_type=client_credentials").path("error").asText())
                .isEqualTo("unsupported_grant_type");
        assertThat(EmulatorClient.JSON
                        .readTree(caller.postForm(emulator.tokenUrl(), "grant_type=refresh_token&client_id=other")
                                .body())
                        .path("error")
                        .asText())
                .isEqualTo("invalid_client");
    }

    @Test
    void theTokenEndpointAcceptsJson() throws Exception {
        var body = EmulatorClient.JSON.writeValueAsString(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                emulator.oauth().clientId(),
                "client_secret",
                emulator.oauth().clientSecret(),
                "refresh_token",
                emulator.oauth().issueRefreshToken()));
        assertThat(caller.post(emulator.tokenUrl(), body, "X-Nothing", "x").statusCode())
                .isEqualTo(200);
    }

    private JsonNode refresh(String token) throws Exception {
        return exchange("grant_type=refresh_token&refresh_token=" + token);
    }

    private JsonNode exchange(String form) throws Exception {
        return EmulatorClient.JSON.readTree(caller.postForm(
                        emulator.tokenUrl(),
                        form
                                + "&client_id="
                                + emulator.oauth().clientId()
                                + "&client_secret="
                                + emulator.oauth().clientSecret())
                .body());
    }

    private boolean accepted(String token) throws Exception {
        return caller.queryUser("Authorization", "Bearer " + token).statusCode() == 200;
    }
}
