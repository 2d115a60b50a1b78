package ca.assistantgazelle.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why an attempt did not succeed. Contains no secrets or personal data, since it is published,
 * stored and displayed.
 *
 * @param errorClass stable identifier in capitals that programs may rely on, never null
 * @param retryable whether another attempt may succeed without intervention
 * @param message what happened, never null
 * @param suggestion how to fix it; null when unknown
 */
public record RunError(
    @JsonProperty("class") String errorClass,
    boolean retryable,
    String message,
    String suggestion) {
  public RunError {
    RequiredFields.text(errorClass, "error.class");
    RequiredFields.text(message, "error.message");
  }
}
