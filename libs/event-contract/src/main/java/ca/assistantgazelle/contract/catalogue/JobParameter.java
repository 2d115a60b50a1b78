package ca.assistantgazelle.contract.catalogue;

import java.util.List;

/**
 * A parameter accepted by a job.
 *
 * @param type never null
 * @param choices the values that {@code CHOICE} accepts, else empty
 * @param description one sentence for API users
 */
public record JobParameter(JobParameterKind type, List<String> choices, String description) {
    public JobParameter {
        choices = choices == null ? List.of() : List.copyOf(choices);
    }

    /** The expected value, for error messages. */
    String expected() {
        return type == JobParameterKind.CHOICE ? "one of " + choices : type.expected();
    }

    boolean accepts(Object value) {
        return type.accepts(value, choices);
    }
}
