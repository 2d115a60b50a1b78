package ca.assistantgazelle.sync.appointment;

import ca.assistantgazelle.sync.client.MissingClientFetcher;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.gazelle.RecordErrorTolerance;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.scan.PagedSyncSource;
import ca.assistantgazelle.sync.scan.ScanContext;
import ca.assistantgazelle.sync.scan.SyncDateWindow;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calendar's events of every type and status, with all of their pianos. */
@Singleton
public class AppointmentSyncSource implements PagedSyncSource {
    public static final String NAME = "appointments";

    private static final MirrorTable<AppointmentRow> TABLE = MirrorTable.of(
                    "gazelle_appointments", AppointmentRow.class)
            .hashOnly("pianos")
            .build();

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;
    private final AppointmentPianoStore appointmentPianos;
    private final MissingClientFetcher missingClients;

    AppointmentSyncSource(
            GazelleGraphQlClient gazelle,
            MirrorWriter writer,
            AppointmentPianoStore appointmentPianos,
            MissingClientFetcher missingClients) {
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
    public MirrorTable<?> table() {
        return TABLE;
    }

    @Override
    public GraphQlQuery query() {
        return GraphQlQuery.EVENTS;
    }

    @Override
    public Map<String, Object> variables(SyncDateWindow window) {
        var variables = new HashMap<String, Object>();
        if (window.firstDay() != null) {
            variables.put("from", window.firstDay().toString());
            variables.put("to", window.lastDay().toString());
        }
        return variables;
    }

    @Override
    public List<JsonNode> completeRecords(ScanContext context, List<JsonNode> events) throws InterruptedException {
        var whole = RecordErrorTolerance.applyToEach(events, this::fetchRemainingPianos);
        missingClients.fetch(context, whole);
        return whole;
    }

    @Override
    public PreparedBatch prepare(List<JsonNode> events) {
        var rows = writer.prepare(events, AppointmentMapping::appointment, TABLE);
        return (transaction, context) -> {
            var written = writer.write(transaction, context.runId(), NAME, rows, context.countsOf(NAME));
            appointmentPianos.write(transaction, events, written);
        };
    }

    @Override
    public String windowCondition() {
        return "($1::timestamptz is null or start_datetime >= $1) and ($2::timestamptz is null or start_datetime < $2)";
    }

    @Override
    public List<Object> windowBounds(SyncDateWindow window) {
        return Arrays.asList(window.firstInstant(), window.endInstant());
    }

    @Override
    public List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException {
        return gazelle.records(GraphQlQuery.EVENT, ids);
    }

    // The schema allows an event without this list.
    private void fetchRemainingPianos(JsonNode event) throws InterruptedException {
        if (event.path("allEventPianos").isObject()) {
            GazellePage.fetchRemaining(
                    event.path("allEventPianos"),
                    after -> gazelle.record(
                                    GraphQlQuery.EVENT_PIANOS,
                                    Map.of("id", event.path("id").asText(), "after", after))
                            .orElseThrow(GazelleException::missingList)
                            .path("allEventPianos"));
        }
    }
}
