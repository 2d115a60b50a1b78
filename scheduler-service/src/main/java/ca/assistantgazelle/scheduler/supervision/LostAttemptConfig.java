package ca.assistantgazelle.scheduler.supervision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configuration of the detection of lost workers and outcomes. */
@ConfigMapping(prefix = "gazelle.lost-attempts")
public interface LostAttemptConfig {
    /** The longest lease of any worker ({@code gazelle.worker.lease}). */
    @WithDefault("PT6S")
    Duration lease();

    /** How long after the end of an attempt its outcome may take to reach the ledger. */
    @WithDefault("PT5M")
    Duration outcomeGrace();
}
