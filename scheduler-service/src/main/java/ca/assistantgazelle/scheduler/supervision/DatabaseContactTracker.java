package ca.assistantgazelle.scheduler.supervision;

import java.time.Duration;

/**
 * Tracks how long the database has been reachable without interruption. Instants are nanoseconds of a monotonic clock.
 */
final class DatabaseContactTracker {
    private final long required;
    private final long longestGap;
    private boolean inContact;
    private long contactStart;
    private long lastContact;

    /**
     * @param required how long contact must have lasted without interruption
     * @param longestGap longest time between two contacts that does not count as an interruption
     */
    DatabaseContactTracker(Duration required, Duration longestGap) {
        this.required = required.toNanos();
        this.longestGap = longestGap.toNanos();
    }

    void recordContact(long now) {
        if (!inContact || now - lastContact > longestGap) {
            contactStart = now;
            inContact = true;
        }
        lastContact = now;
    }

    boolean isLongEnough(long now) {
        return inContact && now - lastContact <= longestGap && lastContact - contactStart >= required;
    }
}
