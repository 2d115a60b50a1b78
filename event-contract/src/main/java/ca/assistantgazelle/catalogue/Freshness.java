package ca.assistantgazelle.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How recent the data of another job should be when a planned run starts.
 *
 * @param job whose success makes data fresh; never null
 * @param within how long ago that may be; never null
 * @param otherwise what happens with older data; never null
 */
public record Freshness(
    @JsonProperty(required = true) String job,
    @JsonProperty(required = true) Duration within,
    Otherwise otherwise) {
  /** With data that is older. */
  public enum Otherwise {
    /** The run starts all the same, and says how old the data is. */
    RUN,
    /** The run does not start, and says why. */
    SKIP
  }

  public Freshness {
    otherwise = otherwise == null ? Otherwise.RUN : otherwise;
  }
}
