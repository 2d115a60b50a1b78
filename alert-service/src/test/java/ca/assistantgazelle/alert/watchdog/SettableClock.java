package ca.assistantgazelle.alert.watchdog;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that tests can set; replaces the service's clock. */
@Alternative
@Priority(1)
@Singleton
class SettableClock extends Clock {
    private static volatile Instant now = Instant.parse("2026-03-07T23:00:00Z");

    static void set(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
