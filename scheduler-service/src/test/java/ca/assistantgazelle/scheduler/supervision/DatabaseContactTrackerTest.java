package ca.assistantgazelle.scheduler.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseContactTrackerTest {
    private final DatabaseContactTracker contact =
            new DatabaseContactTracker(Duration.ofSeconds(6), Duration.ofSeconds(3));

    @Test
    void contactMustLastForTheRequiredTime() {
        assertThat(contact.isLongEnough(at(0))).isFalse();
        for (int second = 0; second <= 5; second++) {
            contact.recordContact(at(second));
            assertThat(contact.isLongEnough(at(second))).isFalse();
        }
        contact.recordContact(at(6));
        assertThat(contact.isLongEnough(at(6))).isTrue();
    }

    @Test
    void aGapRestartsTheCount() {
        for (int second = 0; second <= 10; second++) {
            contact.recordContact(at(second));
        }
        assertThat(contact.isLongEnough(at(14))).isFalse();
        contact.recordContact(at(14));
        assertThat(contact.isLongEnough(at(14))).isFalse();
        for (int second = 15; second <= 20; second++) {
            contact.recordContact(at(second));
        }
        assertThat(contact.isLongEnough(at(20))).isTrue();
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
