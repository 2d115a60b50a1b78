package ca.assistantgazelle.alert.appointment;

import ca.assistantgazelle.alert.mail.FrenchFormats;
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

/** {@code /alertes-rv/check}: unconfirmed appointments by technician. Never sends mail. */
@Path("/alertes-rv/check")
@RolesAllowed(Role.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UnconfirmedReportResource {
  private static final Set<String> SUPPORTED_PARAMETERS =
      Set.of("target_date", "exclude_types", "window");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnconfirmedAppointments unconfirmed;
  private final Clock clock;

  UnconfirmedReportResource(UnconfirmedAppointments unconfirmed, Clock clock) {
    this.unconfirmed = unconfirmed;
    this.clock = clock;
  }

  @GET
  public UnconfirmedReportView get(
      @QueryParam("target_date") String targetDate,
      @QueryParam("exclude_types") String excludeTypes,
      @QueryParam("window") String window,
      @Context UriInfo uri) {
    uri.getQueryParameters().keySet().forEach(UnconfirmedReportResource::requireSupported);
    return check(targetDate, excludeTypes, window);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public UnconfirmedReportView post(String body) {
    var asked = parseBody(body);
    asked.fieldNames().forEachRemaining(UnconfirmedReportResource::requireSupported);
    var types = asked.path("exclude_types");
    return check(
        asked.path("target_date").asText(null),
        types.isArray() ? joined(types) : types.asText(null),
        asked.path("window").asText(null));
  }

  private static String joined(JsonNode types) {
    var all = new HashSet<String>();
    types.forEach(type -> all.add(type.asText()));
    return String.join(",", all);
  }

  private UnconfirmedReportView check(String targetDate, String excludeTypes, String window) {
    return UnconfirmedReportView.of(
        unconfirmed.of(window(window, date(targetDate)), types(excludeTypes)));
  }

  private AlertWindow window(String word, LocalDate targetDate) {
    var today = LocalDate.now(clock.withZone(FrenchFormats.ZONE));
    if ("long".equals(word) && targetDate != null) {
      throw invalidParameter("target_date", "absent with window=long");
    }
    return switch (word == null ? "short" : word) {
      case "long" -> AlertWindow.longTerme(today);
      case "short" -> AlertWindow.courtTerme(targetDate == null ? today.plusDays(1) : targetDate);
      default -> throw invalidParameter("window", "short or long");
    };
  }

  private static LocalDate date(String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw invalidParameter("target_date", "a date such as 2026-03-09");
    }
  }

  private static Set<String> types(String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(","))
            .map(type -> type.strip().toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  private static JsonNode parseBody(String body) {
    try {
      var json = body == null || body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
      throw invalidParameter("the body", "a JSON object");
    } catch (JsonProcessingException e) {
      throw invalidParameter("the body", "a JSON object");
    }
  }

  private static void requireSupported(String name) {
    if (!SUPPORTED_PARAMETERS.contains(name)) {
      throw new ProblemException(
          Problem.of(
                  400,
                  "Bad Request",
                  "Unknown parameter '"
                      + name
                      + "'. Supported: "
                      + SUPPORTED_PARAMETERS.stream().sorted().toList()
                      + ".")
              .with("parameter", name));
    }
  }

  private static ProblemException invalidParameter(String name, String expected) {
    return new ProblemException(
        Problem.of(400, "Bad Request", "Parameter '" + name + "' must be " + expected + ".")
            .with("parameter", name));
  }
}
