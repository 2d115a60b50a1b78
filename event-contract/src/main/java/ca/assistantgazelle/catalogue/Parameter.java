package ca.assistantgazelle.catalogue;

import java.util.List;

/**
 * A parameter that a run of a job may carry.
 *
 * @param type never null
 * @param choices the words that {@code CHOICE} accepts, else empty
 * @param description one sentence for whoever calls the API
 */
public record Parameter(ParameterKind type, List<String> choices, String description) {
  public Parameter {
    choices = choices == null ? List.of() : List.copyOf(choices);
  }

  /** What a caller should have sent, for error messages. */
  String expected() {
    return type == ParameterKind.CHOICE ? "one of " + choices : type.expected();
  }

  boolean accepts(Object value) {
    return type.accepts(value, choices);
  }
}
