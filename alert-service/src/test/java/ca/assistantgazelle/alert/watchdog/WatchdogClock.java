package ca.assistantgazelle.alert.watchdog;

import ca.assistantgazelle.emulators.testing.SettableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Replaces the service's clock by one that tests set. */
final class WatchdogClock {
    static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-03-07T23:00:00Z"));

    private WatchdogClock() {}

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    static Clock clock() {
        return CLOCK;
    }
}
