package ca.assistantgazelle.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * A job whose run comes first. Order is by dependency, not by clock; source: design §5.
 *
 * @param job never null
 * @param firedWithin which of its fires: the latest that fell due at most so long before; zero
 *     means at the same instant. Without such a fire nobody is waited for
 * @param waitAtMost how long a run is held back
 */
public record Dependency(String job, Duration firedWithin, Duration waitAtMost) {
  private static final Duration USUAL_WAIT = Duration.ofMinutes(20);

  public Dependency {
    firedWithin = firedWithin == null ? Duration.ZERO : firedWithin;
    waitAtMost = waitAtMost == null ? USUAL_WAIT : waitAtMost;
  }

  @JsonCreator
  static Dependency written(
      @JsonProperty(value = "job", required = true) String job,
      @JsonProperty("fired_within") Duration firedWithin,
      @JsonProperty("wait_at_most") Duration waitAtMost) {
    return new Dependency(job, firedWithin, waitAtMost);
  }

  @JsonCreator
  static Dependency named(String job) {
    return new Dependency(job, null, null);
  }
}
