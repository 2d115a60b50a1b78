package ca.assistantgazelle.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UninterruptedContactTest {
  private final UninterruptedContact contact =
      new UninterruptedContact(Duration.ofSeconds(6), Duration.ofSeconds(3));

  @Test
  void aLeaseMustPassInContactFirst() {
    assertThat(contact.isLongEnough(at(0))).isFalse();
    for (int second = 0; second <= 5; second++) {
      contact.seen(at(second));
      assertThat(contact.isLongEnough(at(second))).isFalse();
    }
    contact.seen(at(6));
    assertThat(contact.isLongEnough(at(6))).isTrue();
  }

  @Test
  void aGapStartsTheCountAnew() {
    for (int second = 0; second <= 10; second++) {
      contact.seen(at(second));
    }
    assertThat(contact.isLongEnough(at(14))).isFalse();
    contact.seen(at(14));
    assertThat(contact.isLongEnough(at(14))).isFalse();
    for (int second = 15; second <= 20; second++) {
      contact.seen(at(second));
    }
    assertThat(contact.isLongEnough(at(20))).isTrue();
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
