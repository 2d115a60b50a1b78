package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.redaction.Redaction;
import com.fasterxml.jackson.databind.JsonNode;

/** What a GraphQL answer says. Source: reference/gazelle.md §5.4. */
final class Answer {
  private static final int LONGEST_MESSAGE = 300;

  private Answer() {}

  /**
   * Its data, whole. Data beside errors is half an answer: nothing of it is used.
   *
   * @throws GazelleException when the query was refused, or failed on the way
   */
  static JsonNode data(Query query, JsonNode answer) {
    var error = answer.path("errors").path(0);
    if (!error.isMissingNode()) {
      // A query that is wrong is refused before anything is read; a bug of the server leaves data.
      boolean refused = error.path("extensions").path("code").isTextual() || !answer.has("data");
      throw refused
          ? GazelleException.queryRefused(query, message(error))
          : GazelleException.partial(query, message(error));
    }
    if (!answer.path("data").isObject()) {
      throw GazelleException.noList();
    }
    return answer.path("data");
  }

  private static String message(JsonNode error) {
    var message = Redaction.redact(error.path("message").asText("without a message"));
    return message.length() > LONGEST_MESSAGE
        ? message.substring(0, LONGEST_MESSAGE) + "…"
        : message;
  }
}
