package ca.assistantgazelle.gazelle;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** What a GraphQL answer says. Source: reference/gazelle.md §5.4. */
final class Answer {
  private static final int LONGEST = 200;
  private static final List<String> VALIDATION_DETAILS =
      List.of("typeName", "fieldName", "argumentName", "variableName", "problems");

  private static final Pattern RIGHTS_CODE =
      Pattern.compile("^(unauth|forbidden)", CASE_INSENSITIVE);
  private static final Pattern VALIDATION_MESSAGE =
      Pattern.compile(
          "doesn't exist on type|doesn't accept argument|was provided invalid value|Type mismatch on variable|^Parse error");
  private static final Pattern IDENTIFIERS = Pattern.compile("[\\w/]+");

  private Answer() {}

  /**
   * Its data, whole. Data beside errors is half an answer: nothing of it is used.
   *
   * @throws GazelleException when the query was refused, or failed on the way
   */
  static JsonNode data(Query query, JsonNode answer) {
    var error = answer.path("errors").path(0);
    if (!error.isMissingNode()) {
      throw isRefused(answer, error)
          ? GazelleException.queryRefused(query, message(error))
          : GazelleException.partial(query, message(error));
    }
    if (!answer.path("data").isObject()) {
      throw GazelleException.noList();
    }
    return answer.path("data");
  }

  /**
   * The list, with {@link Unreadable} ones in place of the records that the errors speak of; empty
   * when an error speaks of anything else.
   */
  static Optional<JsonNode> listDespiteErrors(Query query, JsonNode answer) {
    var list = answer.path("data").path(query.root());
    if (!(list.path("nodes") instanceof ArrayNode nodes)) {
      return Optional.empty();
    }
    for (var error : answer.path("errors")) {
      var path = error.path("path");
      int place = path.path(2).asInt(-1);
      boolean isOfARecord =
          path.path(0).asText().equals(query.root())
              && path.path(1).asText().equals("nodes")
              && path.path(2).isInt()
              && nodes.has(place);
      if (!isOfARecord) {
        return Optional.empty();
      }
      var id = nodes.path(place).path("id").asText("");
      var reason = "Gazelle answers with an error: " + message(error);
      if (!id.isBlank()) {
        nodes.set(place, Unreadable.of(id, reason));
      } else if (nodes.path(place).isNull()) {
        nodes.set(place, Unreadable.at(Page.place(list, place), reason));
      }
    }
    return Optional.of(list);
  }

  // A wrong query is refused before anything is read, and the error's path is one in its text; the
  // server's own failures, which may pass, come without data as well.
  private static boolean isRefused(JsonNode answer, JsonNode error) {
    if (answer.path("data").isObject()) {
      return false;
    }
    var extensions = error.path("extensions");
    var code = extensions.path("code").asText("");
    return VALIDATION_DETAILS.stream().anyMatch(extensions::has)
        || (!code.isEmpty() && error.path("path").path(0).asText("").startsWith("query"))
        || RIGHTS_CODE.matcher(code).find()
        || VALIDATION_MESSAGE.matcher(error.path("message").asText("")).find();
  }

  // Never the server's own sentence: it may quote what the record holds, or the key.
  private static String message(JsonNode error) {
    var said = new StringJoiner(", ");
    var extensions = error.path("extensions");
    for (var name : new String[] {"code", "typeName", "fieldName", "argumentName"}) {
      add(said, name, extensions.path(name).asText(""));
    }
    var path = new StringJoiner("/");
    error.path("path").forEach(step -> path.add(step.asText()));
    add(said, "path", path.toString());
    return said.length() == 0 ? "the server did not say where" : said.toString();
  }

  private static void add(StringJoiner said, String name, String value) {
    if (value.length() <= LONGEST && IDENTIFIERS.matcher(value).matches()) {
      said.add(name + " " + value);
    }
  }
}
