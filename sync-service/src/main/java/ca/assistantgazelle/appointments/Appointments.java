package ca.assistantgazelle.appointments;

import ca.assistantgazelle.clients.MissingClients;
import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.Leniency;
import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calendar: every type and status of event, with all of its pianos. */
@Singleton
public class Appointments implements Entity {
  public static final String NAME = "appointments";

  private static final MirrorTable<AppointmentRow> TABLE =
      new MirrorTable<>(
          AppointmentRow.class,
          AppointmentRow::externalId,
          AppointmentRow.CHANGED,
          AppointmentRow.UPSERT);

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final AppointmentPianos appointmentPianos;
  private final MissingClients missingClients;

  Appointments(
      GazelleClient gazelle,
      MirrorWriter writer,
      AppointmentPianos appointmentPianos,
      MissingClients missingClients) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.appointmentPianos = appointmentPianos;
    this.missingClients = missingClients;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Query query() {
    return Query.EVENTS;
  }

  @Override
  public Map<String, Object> variables(Window window) {
    var variables = new HashMap<String, Object>();
    if (window.firstDay() != null) {
      variables.put("from", window.firstDay().toString());
      variables.put("to", window.lastDay().toString());
    }
    return variables;
  }

  @Override
  public List<JsonNode> complete(ScanContext context, List<JsonNode> events)
      throws InterruptedException {
    var whole = Leniency.each(events, this::fetchRemainingPianos);
    missingClients.fetch(context, whole);
    return whole;
  }

  @Override
  public Batch prepare(List<JsonNode> events) {
    var rows = writer.prepare(events, AppointmentMapping::appointment, TABLE);
    return (transaction, context) -> {
      var written = writer.write(transaction, context.runId(), NAME, rows, context.tally(NAME));
      appointmentPianos.write(transaction, events, written);
    };
  }

  @Override
  public String expected() {
    return """
        select external_id from public.gazelle_appointments
        where deleted_at is null and content_hash is not null
          and ($1::timestamptz is null or start_datetime >= $1) and ($2::timestamptz is null or start_datetime < $2)
        """;
  }

  @Override
  public List<Object> bounds(Window window) {
    return Arrays.asList(at(window.firstInstant()), at(window.endInstant()));
  }

  @Override
  public List<JsonNode> lookUp(List<String> ids) throws InterruptedException {
    return gazelle.records(Query.EVENT, ids);
  }

  @Override
  public void markDeleted(Queries transaction, ScanContext context, List<String> ids) {
    transaction.update(
        """
        update public.gazelle_appointments set deleted_at = now(), deleted_reason = 'absent de Gazelle', updated_at = now()
        where external_id = any ($1)
        """,
        (Object) ids.toArray(String[]::new));
  }

  // The schema lets an event have no such list at all.
  private void fetchRemainingPianos(JsonNode event) throws InterruptedException {
    if (event.path("allEventPianos").isObject()) {
      Page.complete(
          event.path("allEventPianos"),
          after ->
              gazelle
                  .record(
                      Query.EVENT_PIANOS, Map.of("id", event.path("id").asText(), "after", after))
                  .orElseThrow(GazelleException::noList)
                  .path("allEventPianos"));
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
