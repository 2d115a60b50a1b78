package ca.assistantgazelle.request;

import ca.assistantgazelle.monitoring.QueryParameters;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import java.util.Map;
import java.util.Set;

/** Reads fields of a JSON body; what is wrong is named. */
final class BodyFields {
  private BodyFields() {}

  static void requireKnown(Map<String, Object> body, Set<String> known) {
    for (var field : body.keySet()) {
      if (!known.contains(field)) {
        throw new ProblemException(
            Problem.of(
                    400,
                    "Bad Request",
                    "There is no field of that name here; there are "
                        + known.stream().sorted().toList()
                        + ".")
                .with("parameter", field));
      }
    }
  }

  /** A text that has to be there. */
  static String text(Map<String, Object> body, String field, int longest) {
    if (body.get(field) instanceof String text && !text.isBlank() && text.length() <= longest) {
      return text;
    }
    throw QueryParameters.refused(field, "a text of 1 to " + longest + " characters");
  }
}
