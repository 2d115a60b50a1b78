package ca.assistantgazelle.runtime.health;

import java.time.Duration;
import java.time.Instant;

/** Measures how long a dependency has failed continuously. A single failure is not an outage. */
final class OutageTimer {
    private final Duration tolerated;
    private Instant since;

    OutageTimer(Duration tolerated) {
        this.tolerated = tolerated;
    }

    synchronized void recordSuccess() {
        since = null;
    }

    synchronized void recordFailure(Instant now) {
        if (since == null) {
            since = now;
        }
    }

    /** Whether it has failed continuously for at least the tolerated time. */
    synchronized boolean isOutage(Instant now) {
        return since != null && Duration.between(since, now).compareTo(tolerated) >= 0;
    }
}
