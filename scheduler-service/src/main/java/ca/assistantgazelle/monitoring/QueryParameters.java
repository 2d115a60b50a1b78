package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;

/** Reads what callers put into URLs; a value that makes no sense is refused by name. */
public final class QueryParameters {
  private QueryParameters() {}

  /** Refuses names that the endpoint does not know: a typing error must not widen a search. */
  public static void requireKnown(UriInfo uri, Set<String> known) {
    for (var name : uri.getQueryParameters().keySet()) {
      if (!known.contains(name)) {
        throw new ProblemException(
            Problem.of(
                    400,
                    "Bad Request",
                    "There is no parameter of that name here; there are "
                        + known.stream().sorted().toList()
                        + ".")
                .with("parameter", name));
      }
    }
  }

  static int limit(String value, int otherwise, int most) {
    if (value == null) {
      return otherwise;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      throw refused("limit", "a number from 1 to " + most);
    }
    throw refused("limit", "a number from 1 to " + most);
  }

  /** False when absent. */
  public static boolean flag(String name, String value) {
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw refused(name, "true or false");
  }

  /** An instant, or a local date meaning its first moment in the zone; null stays null. */
  public static Instant instant(String name, String value, ZoneId zone) {
    if (value == null) {
      return null;
    }
    try {
      return value.length() == 10
          ? LocalDate.parse(value).atStartOfDay(zone).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw refused(name, "an instant such as 2026-03-09T10:00:00Z or a date such as 2026-03-09");
    }
  }

  public static UUID runId(String value) {
    try {
      return UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      throw refused("run_id", "a UUID");
    }
  }

  public static ProblemException refused(String name, String expected) {
    return new ProblemException(
        Problem.of(400, "Bad Request", "Parameter '" + name + "' must be " + expected + ".")
            .with("parameter", name));
  }
}
