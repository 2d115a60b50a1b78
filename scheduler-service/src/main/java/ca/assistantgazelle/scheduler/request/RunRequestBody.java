package ca.assistantgazelle.scheduler.request;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The optional body of a request to run a job: a JSON object of parameters. */
final class RunRequestBody {
    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

    private RunRequestBody() {}

    /**
     * @param contentType may be null
     * @param body may be null or empty: no parameters
     */
    static Map<String, Object> parse(String contentType, String body) {
        if (body == null || body.isBlank()) {
            return Map.of();
        }
        if (contentType == null || !contentType.startsWith("application/json")) {
            throw new ProblemException(HttpProblem.of(
                    415,
                    "Unsupported Media Type",
                    "Send the parameters as JSON, with the header 'Content-Type: application/json'."));
        }
        try {
            JsonNode json = EventJson.mapper().readTree(body);
            if (!json.isObject()) {
                throw new ProblemException(HttpProblem.of(
                        400,
                        "Bad Request",
                        "The body must be a JSON object of parameters, for example {\"mode\": \"full\"}."));
            }
            return EventJson.mapper().convertValue(json, PARAMETERS);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new ProblemException(HttpProblem.of(
                    400,
                    "Bad Request",
                    "The body is not valid JSON"
                            + (at == null ? "." : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").")));
        }
    }
}
