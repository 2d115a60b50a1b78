package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import java.util.Map;
import java.util.Set;

/** Validates and reads fields of a JSON body. */
final class RequestBodyFields {
    private RequestBodyFields() {}

    static void requireKnown(Map<String, Object> body, Set<String> known) {
        for (var field : body.keySet()) {
            if (!known.contains(field)) {
                throw new ProblemException(HttpProblem.of(
                                400,
                                "Bad Request",
                                "Unknown field '"
                                        + field
                                        + "'. Supported: "
                                        + known.stream().sorted().toList()
                                        + ".")
                        .with("parameter", field));
            }
        }
    }

    /** A required string. */
    static String text(Map<String, Object> body, String field, int longest) {
        if (body.get(field) instanceof String text
                && !text.isBlank()
                && text.length() <= longest
                && SafeText.isPlain(text)) {
            return text;
        }
        throw QueryParameters.invalid(
                field, null, "a string of 1 to " + longest + " characters, without control characters");
    }
}
