package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.topic.WorkerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A job as the catalogue defines it for one environment.
 *
 * @param id used in URLs, events and tables, never null
 * @param label display name, in French
 * @param worker the kind of worker that runs it, never null
 * @param scheduling when it is planned
 * @param attempts maximum number of attempts of a run, including the first
 * @param retryDelay from the end of a failed attempt to the next one
 * @param maxLateness how long after its planned instant a run may still be accepted
 * @param expectedDuration usual duration
 * @param hardLimit an attempt that lasts longer is aborted
 * @param hardLimitByParameter limits of runs with certain parameters, by name and value
 * @param drain how long a stopping worker lets a running attempt finish
 * @param grace how long a cluster waits for a stopping worker before it kills it
 * @param parameters by name
 */
public record JobDefinition(
        String id,
        String label,
        WorkerKind worker,
        SchedulingPolicy scheduling,
        int attempts,
        Duration retryDelay,
        Duration maxLateness,
        Duration expectedDuration,
        Duration hardLimit,
        Map<String, Map<String, Duration>> hardLimitByParameter,
        Duration drain,
        Duration grace,
        Map<String, JobParameter> parameters) {
    public JobDefinition {
        hardLimitByParameter = hardLimitByParameter == null ? Map.of() : Map.copyOf(hardLimitByParameter);
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }

    /** Its cron expressions; empty when nothing is planned in the environment. */
    public List<String> cronExpressions() {
        return scheduling.schedule().cron();
    }

    /** How long an attempt with these parameters may last. */
    public Duration hardLimit(Map<String, Object> values) {
        return hardLimitByParameter.entrySet().stream()
                .map(limits -> limits.getValue().get(String.valueOf(values.get(limits.getKey()))))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(hardLimit);
    }

    /**
     * Validates the parameters of a requested run.
     *
     * @param values by name; values as JSON gives them
     * @throws InvalidParameterException naming the first parameter that is unknown or ill-typed
     */
    public void validateParameters(Map<String, Object> values) {
        values.forEach((name, value) -> {
            var parameter = parameters.get(name);
            if (parameter == null) {
                throw new InvalidParameterException(
                        name,
                        "job "
                                + id
                                + " has no parameter '"
                                + name
                                + "'; supported parameters: "
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
