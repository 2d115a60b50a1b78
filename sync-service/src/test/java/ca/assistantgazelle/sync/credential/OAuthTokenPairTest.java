package ca.assistantgazelle.sync.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthTokenPairTest {
    private static final Instant NOW = Instant.parse("2026-03-09T15:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT2H,PT12M1S,true",
        "PT2H,PT11M59S,false",
        "PT720H,PT24H1S,true",
        "PT720H,PT23H59M59S,false",
        "PT10M,PT1M1S,true",
        "PT10M,PT59S,false",
        "PT10S,PT2S,true",
        "PT10S,PT0.5S,false"
    })
    void itIsFreshWhileATenthOfItsLifetimeOrADayIsLeft(Duration life, Duration left, boolean fresh) {
        assertThat(new OAuthTokenPair("a", "r", NOW.plus(left), life, 1).isFresh(NOW))
                .isEqualTo(fresh);
    }

    @Test
    void withoutExpiryItIsFreshAndWithoutAccessTokenItIsNot() {
        assertThat(new OAuthTokenPair("a", "r", null, null, 1).isFresh(NOW)).isTrue();
        assertThat(OAuthTokenPair.ofRefreshToken("r").isFresh(NOW)).isFalse();
    }

    @Test
    void toStringContainsNoToken() {
        assertThat(new OAuthTokenPair("geheim", "secret", null, null, 7)).hasToString("pair 7");
    }
}
