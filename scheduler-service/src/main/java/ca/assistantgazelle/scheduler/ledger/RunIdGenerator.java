package ca.assistantgazelle.scheduler.ledger;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Generates run ids: UUID version 7 (RFC 9562), which sort by creation time. */
@Singleton
public class RunIdGenerator {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    public RunIdGenerator(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        long high = (clock.millis() << 16) | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
