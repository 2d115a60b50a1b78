package ca.assistantgazelle.alert.appointment;

import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;
import ca.assistantgazelle.runtime.problem.QueryParameters;
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
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /alertes-rv/check}: unconfirmed appointments by technician. Never sends mail. */
@Path("/alertes-rv/check")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UnconfirmedReportResource {
    private static final Set<String> SUPPORTED_PARAMETERS = Set.of("target_date", "exclude_types", "window");
    private static final ObjectMapper JSON = EventJson.mapper();

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
        QueryParameters.requireKnown(uri, SUPPORTED_PARAMETERS);
        return check(targetDate, excludeTypes, window);
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public UnconfirmedReportView post(String body) {
        var asked = parseBody(body);
        asked.fieldNames().forEachRemaining(name -> QueryParameters.requireKnown(name, SUPPORTED_PARAMETERS));
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
                unconfirmed.of(window(window, QueryParameters.date("target_date", targetDate)), types(excludeTypes)));
    }

    private AlertDateWindow window(String word, LocalDate targetDate) {
        var today = LocalDate.now(clock.withZone(FrenchDateFormats.ZONE));
        if ("long".equals(word) && targetDate != null) {
            throw badRequest("target_date cannot be combined with window=long.");
        }
        return switch (word == null ? "short" : word) {
            case "long" -> AlertDateWindow.longTerme(today);
            case "short" -> AlertDateWindow.courtTerme(targetDate == null ? today.plusDays(1) : targetDate);
            default -> throw QueryParameters.invalid("window", word, "short or long");
        };
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
            throw badRequest("The body must be a JSON object, for example {\"window\": \"long\"}.");
        } catch (JsonProcessingException e) {
            throw badRequest("The body must be a JSON object, for example {\"window\": \"long\"}.");
        }
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(HttpProblem.of(400, "Bad Request", detail));
    }
}
