package ca.assistantgazelle.contract.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * A job whose run must end first. Runs are ordered by dependency, not by time of day.
 *
 * @param job never null
 * @param firedWithin selects the fire to wait for: the latest that fell due at most this long before; zero means at the
 *     same instant. Without such a fire there is no wait
 * @param waitAtMost maximum wait
 */
public record JobDependency(String job, Duration firedWithin, Duration waitAtMost) {
    private static final Duration DEFAULT_WAIT = Duration.ofMinutes(20);

    public JobDependency {
        firedWithin = firedWithin == null ? Duration.ZERO : firedWithin;
        waitAtMost = waitAtMost == null ? DEFAULT_WAIT : waitAtMost;
    }

    @JsonCreator
    static JobDependency fromObject(
            @JsonProperty(value = "job", required = true) String job,
            @JsonProperty("fired_within") Duration firedWithin,
            @JsonProperty("wait_at_most") Duration waitAtMost) {
        return new JobDependency(job, firedWithin, waitAtMost);
    }

    @JsonCreator
    static JobDependency fromJobId(String job) {
        return new JobDependency(job, null, null);
    }
}
