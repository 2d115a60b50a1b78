package ca.assistantgazelle.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContinuousLossTest {
  private static final Instant T = Instant.parse("2026-03-08T06:59:00Z");

  private final ContinuousLoss loss = new ContinuousLoss(Duration.ofSeconds(30));

  @Test
  void aShortAbsenceIsNoOutage() {
    loss.missed(T);
    assertThat(loss.isOutage(T.plusSeconds(29))).isFalse();
    assertThat(loss.isOutage(T.plusSeconds(30))).isTrue();
  }

  @Test
  void furtherMissesDoNotRestartTheCount() {
    loss.missed(T);
    loss.missed(T.plusSeconds(20));
    assertThat(loss.isOutage(T.plusSeconds(31))).isTrue();
  }

  @Test
  void anAnswerInBetweenDoes() {
    loss.missed(T);
    loss.answered();
    loss.missed(T.plusSeconds(20));
    assertThat(loss.isOutage(T.plusSeconds(45))).isFalse();
  }
}
