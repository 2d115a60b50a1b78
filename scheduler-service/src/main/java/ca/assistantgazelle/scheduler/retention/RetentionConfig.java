package ca.assistantgazelle.scheduler.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long rows are kept. */
@ConfigMapping(prefix = "gazelle.retention")
public interface RetentionConfig {
    /** Kafka's retention of the topics: what may still be read again must still be recognised. */
    Duration FLOOR = Duration.ofDays(35);

    /** Runs, attempts, log rows, notifications, and records of what jobs did. At least 35 days. */
    @WithDefault("P400D")
    Duration history();

    /** Accepted attempts, which protect against triggers that are read again. At least 35 days. */
    @WithDefault("P60D")
    Duration inbox();

    /** @throws IllegalArgumentException if a duration is below its floor; the message names the setting */
    default void requireValid() {
        require("gazelle.retention.history", history());
        require("gazelle.retention.inbox", inbox());
    }

    private static void require(String name, Duration value) {
        if (value.compareTo(FLOOR) < 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be at least " + FLOOR.toDays() + " days (P35D).");
        }
    }
}
