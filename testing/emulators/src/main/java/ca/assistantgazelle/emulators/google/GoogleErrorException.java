package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error response with the messages and the format of Google's APIs. */
final class GoogleErrorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String status;
    private final String reason;

    GoogleErrorException(int code, String status, String message) {
        this(code, status, message, code == 429 ? "rateLimitExceeded" : "badRequest");
    }

    GoogleErrorException(int code, String status, String message, String reason) {
        super(message);
        this.reason = reason;
        this.code = code;
        this.status = status;
    }

    static GoogleErrorException invalid(String message) {
        return new GoogleErrorException(400, "INVALID_ARGUMENT", message);
    }

    static GoogleErrorException notFound() {
        return new GoogleErrorException(404, "NOT_FOUND", "Requested entity was not found.");
    }

    int code() {
        return code;
    }

    ObjectNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        var error = body.putObject("error")
                .put("code", code)
                .put("message", getMessage())
                .put("status", status);
        error.putArray("errors")
                .addObject()
                .put("message", getMessage())
                .put("domain", "global")
                .put("reason", reason);
        return body;
    }
}
