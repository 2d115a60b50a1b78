package ca.assistantgazelle.sync.gazelle;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Evaluates GraphQL responses and their errors. */
final class GraphQlResponse {
    private static final int MAX_VALUE_LENGTH = 200;
    private static final List<String> VALIDATION_DETAILS =
            List.of("typeName", "fieldName", "argumentName", "variableName", "problems");

    private static final Pattern PERMISSION_CODE = Pattern.compile("^(unauth|forbidden)", CASE_INSENSITIVE);
    private static final Pattern VALIDATION_MESSAGE = Pattern.compile(
            "doesn't exist on type|doesn't accept argument|was provided invalid value|Type mismatch on variable|^Parse error");
    private static final Pattern IDENTIFIERS = Pattern.compile("[\\w/]+");

    private GraphQlResponse() {}

    /**
     * The complete data. If there are errors as well, partial data is not used.
     *
     * @throws GazelleException if the query was rejected or its execution failed
     */
    static JsonNode data(GraphQlQuery query, JsonNode answer) {
        var error = answer.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw isQueryRejected(answer, error)
                    ? GazelleException.queryRefused(query, safeMessage(error))
                    : GazelleException.partialResponse(query, safeMessage(error));
        }
        if (!answer.path("data").isObject()) {
            throw GazelleException.missingList();
        }
        return answer.path("data");
    }

    /**
     * The list, with {@link UnreadableRecord} records in place of those that have errors; empty if an error is not
     * about a single record.
     */
    static Optional<JsonNode> listDespiteErrors(GraphQlQuery query, JsonNode answer) {
        var list = answer.path("data").path(query.rootField());
        if (!(list.path("nodes") instanceof ArrayNode nodes)) {
            return Optional.empty();
        }
        for (var error : answer.path("errors")) {
            var path = error.path("path");
            int place = path.path(2).asInt(-1);
            boolean isOfARecord = path.path(0).asText().equals(query.rootField())
                    && path.path(1).asText().equals("nodes")
                    && path.path(2).isInt()
                    && nodes.has(place);
            if (!isOfARecord) {
                return Optional.empty();
            }
            var id = nodes.path(place).path("id").asText("");
            var reason = "Gazelle returned an error: " + safeMessage(error);
            if (!id.isBlank()) {
                nodes.set(place, UnreadableRecord.withId(id, reason));
            } else if (nodes.path(place).isNull()) {
                nodes.set(place, UnreadableRecord.atPosition(GazellePage.position(list, place), reason));
            }
        }
        return Optional.of(list);
    }

    // An invalid query is rejected before execution, and the error's path refers to the query text;
    // transient server errors may come without data as well.
    private static boolean isQueryRejected(JsonNode answer, JsonNode error) {
        if (answer.path("data").isObject()) {
            return false;
        }
        var extensions = error.path("extensions");
        var code = extensions.path("code").asText("");
        return VALIDATION_DETAILS.stream().anyMatch(extensions::has)
                || (!code.isEmpty() && error.path("path").path(0).asText("").startsWith("query"))
                || PERMISSION_CODE.matcher(code).find()
                || VALIDATION_MESSAGE.matcher(error.path("message").asText("")).find();
    }

    // Excludes the server's message, which may quote the record's content or the API key.
    private static String safeMessage(JsonNode error) {
        var said = new StringJoiner(", ");
        var extensions = error.path("extensions");
        for (var name : new String[] {"code", "typeName", "fieldName", "argumentName"}) {
            add(said, name, extensions.path(name).asText(""));
        }
        var path = new StringJoiner("/");
        error.path("path").forEach(step -> path.add(step.asText()));
        add(said, "path", path.toString());
        return said.length() == 0 ? "no location given" : said.toString();
    }

    private static void add(StringJoiner said, String name, String value) {
        if (value.length() <= MAX_VALUE_LENGTH && IDENTIFIERS.matcher(value).matches()) {
            said.add(name + " " + value);
        }
    }
}
