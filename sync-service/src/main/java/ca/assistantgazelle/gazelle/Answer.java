package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** What a GraphQL answer says. Source: reference/gazelle.md §5.4. */
final class Answer {
  private static final int LONGEST = 200;
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
