package ca.assistantgazelle.contract.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How recent the data of another job should be when a planned run starts.
 *
 * @param job the job whose success refreshes the data; never null
 * @param within maximum age of its last success; never null
 * @param otherwise what happens with older data; never null
 */
public record FreshnessRule(
        @JsonProperty(required = true) String job,
        @JsonProperty(required = true) Duration within,
        StaleDataPolicy otherwise) {
    /** What to do when the data is older. */
    public enum StaleDataPolicy {
        /** The run starts; its reason states the age of the data. */
        RUN,
        /** The run does not start; its row gives the reason. */
        SKIP
    }

    public FreshnessRule {
        otherwise = otherwise == null ? StaleDataPolicy.RUN : otherwise;
    }
}
