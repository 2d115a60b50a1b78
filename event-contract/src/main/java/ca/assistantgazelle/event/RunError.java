package ca.assistantgazelle.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why an attempt did not succeed. Free of secrets and of personal data: it travels, is stored and
 * is shown.
 *
 * @param errorClass stable word in capitals that programs may branch on, never null
 * @param retryable whether a further attempt could end differently without anybody's help
 * @param message what happened, never null
 * @param suggestion what a person can do about it; null when there is nothing to say
 */
public record RunError(
    @JsonProperty("class") String errorClass,
    boolean retryable,
    String message,
    String suggestion) {
  public RunError {
    Required.text(errorClass, "error.class");
    Required.text(message, "error.message");
  }
}
