package ca.assistantgazelle.appointment;

import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.runtime.auth.Role;
import ca.assistantgazelle.runtime.problem.Problem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /alertes-rv/check}: who has what unconfirmed. Sends nothing, whatever the mode is. */
@Path("/alertes-rv/check")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {
  private static final Set<String> KNOWN = Set.of("target_date", "exclude_types", "window");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Checks checks;
  private final Clock clock;

  CheckResource(Checks checks, Clock clock) {
    this.checks = checks;
    this.clock = clock;
  }

  @GET
  public CheckView get(
      @QueryParam("target_date") String targetDate,
      @QueryParam("exclude_types") String excludeTypes,
      @QueryParam("window") String window,
      @Context UriInfo uri) {
    uri.getQueryParameters().keySet().forEach(CheckResource::requireKnown);
    return answer(targetDate, excludeTypes, window);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public CheckView post(String body) {
    var asked = parsed(body);
    asked.fieldNames().forEachRemaining(CheckResource::requireKnown);
    var types = asked.path("exclude_types");
    return answer(
        asked.path("target_date").asText(null),
        types.isArray() ? joined(types) : types.asText(null),
        asked.path("window").asText(null));
  }

  private static String joined(JsonNode types) {
    var all = new HashSet<String>();
    types.forEach(type -> all.add(type.asText()));
    return String.join(",", all);
  }

  private CheckView answer(String targetDate, String excludeTypes, String window) {
    return CheckView.of(checks.of(window(window, date(targetDate)), types(excludeTypes)));
  }

  private Window window(String word, LocalDate targetDate) {
    var today = LocalDate.now(clock.withZone(French.ZONE));
    if ("long".equals(word) && targetDate != null) {
      throw refused("target_date", "absent with window=long");
    }
    return switch (word == null ? "short" : word) {
      case "long" -> Window.longTerme(today);
      case "short" -> Window.courtTerme(targetDate == null ? today.plusDays(1) : targetDate);
      default -> throw refused("window", "short or long");
    };
  }

  private static LocalDate date(String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw refused("target_date", "a date such as 2026-03-09");
    }
  }

  private static Set<String> types(String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(","))
            .map(type -> type.strip().toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  private static JsonNode parsed(String body) {
    try {
      var json = body == null || body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
      throw refused("the body", "a JSON object");
    } catch (JsonProcessingException e) {
      throw refused("the body", "a JSON object");
    }
  }

  private static void requireKnown(String name) {
    if (!KNOWN.contains(name)) {
      throw new ProblemException(
          Problem.of(
                  400,
                  "Bad Request",
                  "There is no parameter of that name here; there are "
                      + KNOWN.stream().sorted().toList()
                      + ".")
              .with("parameter", name));
    }
  }

  private static ProblemException refused(String name, String expected) {
    return new ProblemException(
        Problem.of(400, "Bad Request", "Parameter '" + name + "' must be " + expected + ".")
            .with("parameter", name));
  }
}
