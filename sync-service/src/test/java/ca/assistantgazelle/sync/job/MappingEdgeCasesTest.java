package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.gazelle.EmulatedRecords;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edge cases of the mapping, each with the expected row. */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(ShortRetryTestResource.class)
class MappingEdgeCasesTest {
    private record CreatedRecord(RecordCollection collection, String id) {}

    @Inject
    SyncRuns runs;

    @Inject
    Database database;

    private final EmulatedRecords records = TestEnvironment.get().gazelle().records();
    private final Deque<CreatedRecord> created = new ArrayDeque<>();
    private String client;

    @BeforeEach
    void createClient() {
        runs.emptyTables();
        client = create(RecordCollection.CLIENTS, Map.of("companyName", "Client des cas"));
    }

    @AfterEach
    void deleteCreatedRecords() {
        created.forEach(one -> records.delete(one.collection(), one.id()));
    }

    @ParameterizedTest
    @CsvSource({
        // Daylight saving time: 02:00 to 03:00 is skipped on 8 March 2026, and 01:00 to 02:00 occurs
        // twice on 1 November.
        "2026-03-08T06:59:59Z,2026-03-08,01:59:59",
        "2026-03-08T07:00:00Z,2026-03-08,03:00:00",
        "2026-11-01T05:30:00Z,2026-11-01,01:30:00",
        "2026-11-01T06:30:00Z,2026-11-01,01:30:00",
        // An evening in Montréal is the next day in UTC.
        "2026-03-10T03:30:00Z,2026-03-09,23:30:00",
        "2026-01-01T04:59:59Z,2025-12-31,23:59:59",
        "2026-07-01T13:15:00.250Z,2026-07-01,09:15:00.25",
        "2026-01-09T09:15:00-05:00,2026-01-09,09:15:00"
    })
    void anInstantIsStoredUnchangedWithMontrealDateAndTime(String start, String day, String time) throws Exception {
        var event = event(Map.of("start", start));
        runs.sync("full");
        var row = row("gazelle_appointments", event);
        assertThat(row.path("appointment_date").asText()).isEqualTo(day);
        assertThat(row.path("appointment_time").asText()).isEqualTo(time);
        assertThat(runs.value(
                        "select (start_datetime = '"
                                + start
                                + "'::timestamptz)::text from gazelle_appointments where external_id = $1",
                        event))
                .isEqualTo("true");
    }

    @Test
    void anAllDayEventWithoutClientStartOrNotesIsKept() throws Exception {
        var fields = new HashMap<String, Object>();
        fields.put("type", "PERSONAL");
        fields.put("title", "Congé — fête nationale");
        fields.put("isAllDay", true);
        fields.put("start", null);
        fields.put("notes", "");
        fields.put("clientId", null);
        var event = create(RecordCollection.EVENTS, fields);
        runs.sync("full");
        var row = row("gazelle_appointments", event);
        assertThat(row.path("is_all_day").asBoolean()).isTrue();
        for (var empty : List.of(
                "client_external_id",
                "start_datetime",
                "appointment_date",
                "appointment_time",
                "piano_external_id",
                "technicien",
                "travel_mode",
                "confirmed_at")) {
            assertThat(row.path(empty).isNull()).as(empty).isTrue();
        }
        assertThat(row.path("description").asText()).isEmpty();
        assertThat(row.path("notes").asText()).isEqualTo("Congé — fête nationale");
        assertThat(row.path("location").asText("absent")).isEmpty();
        assertThat(row.path("confirmed_by_client").isBoolean()).isTrue();
    }

    @Test
    void anAppointmentKeepsAllItsPianosInTheirOrder() throws Exception {
        var pianos = Arrays.asList(piano("Troisième"), piano("Premier"), piano("Deuxième"));
        var event = event(Map.of(
                "start",
                "2026-03-09T14:00:00Z",
                "pianos",
                List.of(
                        Map.of("pianoId", pianos.get(1), "isTuning", true),
                        Map.of("pianoId", pianos.get(2), "isTuning", false),
                        Map.of("pianoId", pianos.get(0), "isTuning", false),
                        Map.of("pianoId", pianos.get(1), "isTuning", false))));
        runs.sync("full");
        assertThat(row("gazelle_appointments", event).path("piano_external_id").asText())
                .isEqualTo(pianos.get(1));
        assertThat(database.list(
                        "select piano_external_id || ' ' || coalesce(is_tuning::text, '-') || ' ' || position from gazelle_appointment_pianos where appointment_external_id = $1 order by position",
                        row -> row.getString(0),
                        event))
                .containsExactly(pianos.get(1) + " true 1", pianos.get(2) + " false 2", pianos.get(0) + " false 3");
    }

    @Test
    void moreThanOnePageOfPianosAndContactsIsReadCompletely() throws Exception {
        var many = new java.util.ArrayList<Map<String, Object>>();
        for (int i = 0; i < 130; i++) {
            many.add(Map.of("pianoId", piano("Piano " + i), "isTuning", true));
            create(
                    RecordCollection.CONTACTS,
                    Map.of("clientId", client, "firstName", "Zoé " + i, "archived", i % 2 == 0));
        }
        var event = event(Map.of("start", "2026-03-09T14:00:00Z", "pianos", many));
        runs.sync("full");
        assertThat(runs.countRows("gazelle_appointment_pianos where appointment_external_id = '" + event + "'"))
                .isEqualTo(130);
        assertThat(runs.countRows("gazelle_contacts where client_external_id = '" + client + "'"))
                .isEqualTo(130);
        assertThat(runs.countRows("gazelle_contacts where archived and client_external_id = '" + client + "'"))
                .isEqualTo(65);
    }

    @ParameterizedTest
    @CsvSource(value = {"1,0.01", "19550,195.50", "0,0.00", "2147483647,21474836.47", "-500,-5.00"})
    void centsAreConvertedExactly(int cents, String price) throws Exception {
        var service = create(
                RecordCollection.SERVICES,
                Map.of(
                        "name",
                        Map.of("fr_CA", "L’accord d’été"),
                        "amount",
                        cents,
                        "masterServiceGroupId",
                        records.all(RecordCollection.GROUPS).getFirst().get("id")));
        runs.sync("full");
        assertThat(runs.value(
                        "select prix_unitaire || ' ' || nom from produits_catalogue where gazelle_product_id = $1",
                        service))
                .isEqualTo(price + " L’accord d’été");
    }

    @Test
    void textKeepsAccentsQuotesEmojiAndLineBreaksAndEmptyStaysEmpty() throws Exception {
        var text = "Élodie l'a dit : « ça va »\n\t=SOMME(A1) <b>&</b> 🎹 \\ ' \" — naïve";
        var note = create(
                RecordCollection.TIMELINE,
                Map.of("clientId", client, "comment", text, "summary", "", "type", "TYPE_DE_DEMAIN"));
        runs.sync("full");
        var row = row("gazelle_timeline_entries", note);
        assertThat(row.path("description").asText()).isEqualTo(text);
        assertThat(row.path("title").asText("absent")).isEmpty();
        assertThat(row.path("entry_type").asText()).isEqualTo("TYPE_DE_DEMAIN");
    }

    @Test
    void tagsKeepCommasQuotesBracesAndTheWordNull() throws Exception {
        var tags = List.of("a, b", "dit « \"oui\" »", "{accolades}", "NULL", "\\anti", "", "été");
        records.edit(RecordCollection.CLIENTS, client, Map.of("tags", tags));
        runs.sync("full");
        assertThat(row("gazelle_clients", client).path("gazelle_tags"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(tags);
    }

    @Test
    void aClientNameFallsBackFromCompanyToPerson() throws Exception {
        var household = create(RecordCollection.CLIENTS, Map.of("companyName", "   "));
        create(
                RecordCollection.CONTACTS,
                Map.of("clientId", household, "isDefault", true, "firstName", " Maëlle ", "lastName", ""));
        var nobody = create(RecordCollection.CLIENTS, Map.of("companyName", ""));
        runs.sync("full");
        assertThat(row("gazelle_clients", household).path("company_name").asText())
                .isEqualTo("Maëlle");
        assertThat(row("gazelle_clients", nobody).path("company_name").asText()).isEqualTo("(sans nom)");
    }

    @Test
    void unknownEnumValuesAreStoredUnchanged() throws Exception {
        records.edit(RecordCollection.CLIENTS, client, Map.of("status", "FUTUR"));
        var piano = create(
                RecordCollection.PIANOS, Map.of("clientId", client, "type", "CLAVIORGANUM", "status", "EN_ORBITE"));
        var event = event(Map.of("start", "2026-03-09T14:00:00Z", "type", "RENCONTRE", "travelMode", "FUSÉE"));
        runs.sync("full");
        assertThat(row("gazelle_clients", client).path("status").asText()).isEqualTo("FUTUR");
        assertThat(row("gazelle_pianos", piano).path("type").asText()).isEqualTo("CLAVIORGANUM");
        assertThat(row("gazelle_pianos", piano).path("status").asText()).isEqualTo("EN_ORBITE");
        assertThat(row("gazelle_appointments", event).path("event_type").asText())
                .isEqualTo("RENCONTRE");
        assertThat(row("gazelle_appointments", event).path("travel_mode").asText())
                .isEqualTo("FUSÉE");
    }

    // The query must list the requested statuses, so it cannot include an unknown one: an event with
    // such a status is found by the lookup of missing rows.
    @Test
    void anAppointmentWithAnUnknownStatusIsUpdatedNotDeleted() throws Exception {
        var event = event(Map.of("start", "2026-03-09T14:00:00Z"));
        runs.sync("full");
        records.edit(RecordCollection.EVENTS, event, Map.of("status", "TÉLÉPORTÉ"));
        runs.sync("full");
        var row = row("gazelle_appointments", event);
        assertThat(row.path("status").asText()).isEqualTo("TÉLÉPORTÉ");
        assertThat(row.path("deleted_at").isNull()).isTrue();
    }

    private String piano(String make) {
        return create(RecordCollection.PIANOS, Map.of("clientId", client, "make", make));
    }

    private String event(Map<String, Object> fields) {
        var whole = new HashMap<>(fields);
        whole.put("clientId", client);
        return create(RecordCollection.EVENTS, whole);
    }

    private String create(RecordCollection collection, Map<String, Object> fields) {
        var id = (String) records.create(collection, fields).get("id");
        created.push(new CreatedRecord(collection, id));
        return id;
    }

    private JsonNode row(String table, String id) {
        return new MirrorRows(database).row(table, "external_id", id);
    }
}
