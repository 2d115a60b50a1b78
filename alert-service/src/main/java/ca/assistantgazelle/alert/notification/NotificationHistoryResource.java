package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.auth.AccessRole;
import ca.assistantgazelle.runtime.problem.QueryParameters;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /alertes-rv/history} and {@code /alertes-rv/pending}: notifications and their status. */
@Path("/alertes-rv")
@RolesAllowed(AccessRole.VIEWER)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationHistoryResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final String COLUMNS =
            "id, kind, subject_id, recipient, local_date, schedule_snapshot, status, attempts, message_id, provider_id, error, run_id, created_at, updated_at";

    private final Database database;
    private final Clock clock;

    NotificationHistoryResource(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record NotificationHistory(List<NotificationView> alerts, int count, Map<String, Long> byStatus) {}

    @GET
    @Path("history")
    public NotificationHistory history(@QueryParam("limit") String limit, @QueryParam("offset") String offset) {
        return history(database.list(
                "select "
                        + COLUMNS
                        + " from automation.notification where kind <> 'ADMIN' order by updated_at desc, id limit $1 offset $2",
                NotificationHistoryResource::view,
                QueryParameters.number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT),
                QueryParameters.number("offset", offset, 0, 0, Integer.MAX_VALUE)));
    }

    /** A recipient's notifications that were not definitely sent, from today on. */
    @GET
    @Path("pending")
    public NotificationHistory pending(@QueryParam("technician_id") String technicianId) {
        if (technicianId == null
                || technicianId.isBlank()
                || technicianId.length() > 100
                || !SafeText.isPlain(technicianId)) {
            throw QueryParameters.invalid("technician_id", null, "a technician's id, or OFFICE for the office");
        }
        return history(database.list(
                "select " + COLUMNS + """
                         from automation.notification
                        where kind <> 'ADMIN' and recipient = $1 and status <> 'SENT' and (local_date is null or local_date >= $2)
                        order by local_date, schedule_snapshot limit 500
                        """,
                NotificationHistoryResource::view,
                technicianId,
                LocalDate.now(clock.withZone(FrenchDateFormats.ZONE))));
    }

    private static NotificationHistory history(List<NotificationView> alerts) {
        return new NotificationHistory(
                alerts,
                alerts.size(),
                alerts.stream().collect(Collectors.groupingBy(NotificationView::status, Collectors.counting())));
    }

    private static NotificationView view(Row row) {
        return new NotificationView(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("subject_id"),
                row.getString("recipient"),
                row.getLocalDate("local_date"),
                row.getString("schedule_snapshot"),
                row.getString("status"),
                row.getInteger("attempts"),
                row.getString("message_id"),
                row.getString("provider_id"),
                row.getString("error"),
                row.getUUID("run_id"),
                SqlQueries.instant(row, "created_at"),
                SqlQueries.instant(row, "updated_at"));
    }
}
