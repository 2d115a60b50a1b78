package ca.assistantgazelle.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutageTimerTest {
    private static final Instant T = Instant.parse("2026-03-08T06:59:00Z");

    private final OutageTimer outage = new OutageTimer(Duration.ofSeconds(30));

    @Test
    void aShortFailureIsNotAnOutage() {
        outage.recordFailure(T);
        assertThat(outage.isOutage(T.plusSeconds(29))).isFalse();
        assertThat(outage.isOutage(T.plusSeconds(30))).isTrue();
    }

    @Test
    void furtherFailuresDoNotRestartTheCount() {
        outage.recordFailure(T);
        outage.recordFailure(T.plusSeconds(20));
        assertThat(outage.isOutage(T.plusSeconds(31))).isTrue();
    }

    @Test
    void aSuccessInBetweenRestartsTheCount() {
        outage.recordFailure(T);
        outage.recordSuccess();
        outage.recordFailure(T.plusSeconds(20));
        assertThat(outage.isOutage(T.plusSeconds(45))).isFalse();
    }
}
