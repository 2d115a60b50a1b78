package ca.assistantgazelle.catalogue;

import ca.assistantgazelle.topic.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A named kind of work, as the catalogue describes it for one environment.
 *
 * @param id used in URLs, events and tables, never null
 * @param label what people call it, in French
 * @param worker who does it, never null
 * @param planning when it is planned
 * @param attempts all tries of a run, the first included
 * @param retryDelay from the end of a failed attempt to the next one
 * @param maxLateness how long after its planned instant a run may still be accepted
 * @param expected usual duration
 * @param hardLimit an attempt that lasts longer is cut
 * @param hardLimitFull the same for runs with {@code mode} full; null when they are no different
 * @param drain how long a stopping worker lets a running attempt finish
 * @param grace how long a cluster waits for a stopping worker before it kills it
 * @param parameters by name
 */
public record Job(
    String id,
    String label,
    Worker worker,
    Planning planning,
    int attempts,
    Duration retryDelay,
    Duration maxLateness,
    Duration expected,
    Duration hardLimit,
    Duration hardLimitFull,
    Duration drain,
    Duration grace,
    Map<String, Parameter> parameters) {
  public Job {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }

  /** Its cron expressions; empty where the environment plans nothing. */
  public List<String> schedule() {
    return planning.schedule().cron();
  }

  /** How long an attempt with these parameters may last. */
  public Duration hardLimit(Map<String, Object> values) {
    return hardLimitFull != null && "full".equals(values.get("mode")) ? hardLimitFull : hardLimit;
  }

  /**
   * Checks what a caller wants to run the job with.
   *
   * @param values by name; values as JSON gives them
   * @throws InvalidParameterException naming the first parameter that is unknown or ill-typed
   */
  public void check(Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          var parameter = parameters.get(name);
          if (parameter == null) {
            throw new InvalidParameterException(
                name,
                "job "
                    + id
                    + " has no parameter '"
                    + name
                    + "'; it takes "
                    + (parameters.isEmpty()
                        ? "none"
                        : parameters.keySet().stream().sorted().toList()));
          }
          if (!parameter.accepts(value)) {
            throw new InvalidParameterException(
                name, "parameter '" + name + "' of job " + id + " must be " + parameter.expected());
          }
        });
  }
}
