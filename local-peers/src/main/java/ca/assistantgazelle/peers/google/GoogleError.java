package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in the words and the form of Google's APIs. */
final class GoogleError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String status;
  private final String reason;

  GoogleError(int code, String status, String message) {
    this(code, status, message, code == 429 ? "rateLimitExceeded" : "badRequest");
  }

  GoogleError(int code, String status, String message, String reason) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.status = status;
  }

  static GoogleError invalid(String message) {
    return new GoogleError(400, "INVALID_ARGUMENT", message);
  }

  static GoogleError notFound() {
    return new GoogleError(404, "NOT_FOUND", "Requested entity was not found.");
  }

  int code() {
    return code;
  }

  ObjectNode body() {
    var body = JsonNodeFactory.instance.objectNode();
    var error =
        body.putObject("error")
            .put("code", code)
            .put("message", getMessage())
            .put("status", status);
    error
        .putArray("errors")
        .addObject()
        .put("message", getMessage())
        .put("domain", "global")
        .put("reason", reason);
    return body;
  }
}
