package ca.assistantgazelle.emulators.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutationWiringTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T15:00:00Z"), ZoneOffset.UTC);

    private GazelleEmulator emulator;
    private EmulatorClient caller;
    private String client;
    private String piano;

    @BeforeEach
    void start() {
        emulator = GazelleEmulator.start(
                0, SampleCompany.create(SampleVolumes.EMPTY, LocalDate.of(2026, 3, 9), CLOCK), "key");
        caller = new EmulatorClient(emulator);
        client = id(emulator.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Un")));
        piano = id(emulator.records()
                .create(
                        RecordCollection.PIANOS,
                        Map.of("clientId", client, "status", "INACTIVE", "serviceIntervalMonths", 6)));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void anEventForAnInactivePianoIsAcceptedAndReactivatesIt() throws Exception {
        var event = createEvent(Map.of());
        assertThat(event.path("mutationErrors")).isEmpty();
        assertThat(event.at("/event/allEventPianos/nodes/0/piano/id").asText()).isEqualTo(piano);
        assertThat(emulator.records().find(RecordCollection.PIANOS, piano).get("status"))
                .isEqualTo("ACTIVE");
    }

    @Test
    void aMutationErrorIsInFrenchWithHttp200() throws Exception {
        var refused = createEvent(Map.of("location", Map.of("street1", "1, rue Fictive")));
        assertThat(refused.path("event").isNull()).isTrue();
        assertThat(refused.at("/mutationErrors/0/fieldName").asText()).isEqualTo("eventLocation");
        var empty = mutate("createEvent", "input: {title: \"Sans début\"}", "event { id }");
        assertThat(empty.at("/mutationErrors/0/messages/0").asText()).isEqualTo("doit être rempli(e)");
        assertThat(emulator.records().all(RecordCollection.EVENTS)).isEmpty();
    }

    @Test
    void completingWritesTheServiceHistoryAndMovesTheServiceDates() throws Exception {
        var event = createEvent(Map.of()).at("/event/id").asText();
        mutate(
                "completeEvent",
                "eventId: \"%s\", input: {resultType: COMPLETE, serviceHistoryNotes: [{pianoId: \"%s\", notes: \"Accord. 21°C, 40 %%\"}]}"
                        .formatted(event, piano),
                "event { status }");
        var entry = emulator.records().all(RecordCollection.TIMELINE).getFirst();
        assertThat(entry)
                .containsEntry("type", "SERVICE_ENTRY_MANUAL")
                .containsEntry("pianoId", piano)
                .containsEntry("comment", "Accord. 21°C, 40 %");
        // The event began at 23:30 of the 9th in Montréal, which is the 10th in UTC.
        assertThat(emulator.records().find(RecordCollection.PIANOS, piano))
                .containsEntry("eventLastService", "2026-03-09")
                .containsEntry("calculatedLastService", "2026-03-09")
                .containsEntry("calculatedNextService", "2026-09-09");
    }

    @Test
    void completingWithoutNotesAddsNoTimelineEntry() throws Exception {
        var event = createEvent(Map.of()).at("/event/id").asText();
        mutate("completeEvent", "eventId: \"" + event + "\", input: {resultType: NO_SHOW}", "event { status }");
        assertThat(emulator.records().all(RecordCollection.TIMELINE)).isEmpty();
        assertThat(emulator.records().find(RecordCollection.EVENTS, event).get("status"))
                .isEqualTo("NO_SHOW");
    }

    @Test
    void cancellingOpensANoticeAndDeletingRemovesTheEvent() throws Exception {
        var event = createEvent(Map.of()).at("/event/id").asText();
        mutate("cancelEvent", "eventId: \"" + event + "\"", "event { status }");
        var notices =
                caller.query("{ allEventCancelNotices(status: [OPEN]) { nodes { id status event { id status } } } }");
        assertThat(notices.at("/data/allEventCancelNotices/nodes/0/event/status")
                        .asText())
                .isEqualTo("CANCELED");
        var notice = notices.at("/data/allEventCancelNotices/nodes/0/id").asText();
        mutate(
                "updateEventCancelNotice",
                "id: \"" + notice + "\", input: {status: DISMISSED}",
                "eventCancelNotice { status }");
        assertThat(caller.query("{ allEventCancelNotices(status: [OPEN]) { totalCount } }")
                        .at("/data/allEventCancelNotices/totalCount")
                        .asInt())
                .isZero();
        assertThat(mutate("deleteEvent", "id: \"" + event + "\"", "isDeleted")
                        .path("isDeleted")
                        .asBoolean())
                .isTrue();
        assertThat(caller.query("{ event(eventId: \"" + event + "\") { id } }")
                        .at("/data/event")
                        .isNull())
                .isTrue();
    }

    @Test
    void anUpdateMergesOrReplacesAsConfigured() throws Exception {
        var event = createEvent(Map.of("notes", "À garder")).at("/event/id").asText();
        var update = "id: \"" + event + "\", input: {title: \"Nouveau\"}";
        assertThat(mutate("updateEvent", update, "event { notes }")
                        .at("/event/notes")
                        .asText())
                .isEqualTo("À garder");
        emulator.behaviour().updateReplaces(true);
        assertThat(mutate("updateEvent", update, "event { notes }")
                        .at("/event/notes")
                        .isNull())
                .isTrue();
    }

    @Test
    void staffConfirmsWithoutTouchingTheClientsFlag() throws Exception {
        var event = createEvent(Map.of()).at("/event/id").asText();
        mutate("confirmEvent", "id: \"" + event + "\", input: {isSilent: true}", "event { id }");
        assertThat(emulator.records().find(RecordCollection.EVENTS, event))
                .containsEntry("confirmedByClient", false)
                .containsEntry("confirmedAt", "2026-03-09T15:00:00Z");
    }

    @Test
    void aManualServiceMovesTheCalculatedDates() throws Exception {
        mutate("updatePiano", "id: \"" + piano + "\", input: {manualLastService: \"2026-01-31\"}", "piano { id }");
        assertThat(emulator.records().find(RecordCollection.PIANOS, piano))
                .containsEntry("calculatedLastService", "2026-01-31")
                .containsEntry("calculatedNextService", "2026-07-31")
                .containsEntry("status", "INACTIVE");
    }

    @Test
    void aMeasurementAddsATimelineEntryAndReactivatesThePiano() throws Exception {
        mutate(
                "createPianoMeasurement",
                "input: {pianoId: \"" + piano + "\", temperature: 22, humidity: 34}",
                "pianoMeasurement { takenOn }");
        assertThat(emulator.records().all(RecordCollection.TIMELINE).getFirst())
                .containsEntry("type", "PIANO_MEASUREMENT")
                .containsEntry("clientId", client);
        var read = caller.query("{ piano(id: \"" + piano + "\") { status allPianoMeasurements { humidity } } }")
                .at("/data/piano");
        assertThat(read.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(read.at("/allPianoMeasurements/0/humidity").asInt()).isEqualTo(34);
    }

    @Test
    void aMergedClientDisappearsAndItsPianosMove() throws Exception {
        var target = id(emulator.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Deux")));
        mutate(
                "mergeClients",
                "input: {sourceClientId: \"" + client + "\", targetClientId: \"" + target + "\"}",
                "client { id }");
        assertThat(emulator.records().find(RecordCollection.CLIENTS, client)).isNull();
        assertThat(emulator.records().find(RecordCollection.PIANOS, piano).get("clientId"))
                .isEqualTo(target);
    }

    @Test
    void aClientIsCreatedWithItsContactsAndALocationNeedsAType() throws Exception {
        var location = "{street1: \"1, rue Fictive\"%s}";
        var client =
                "input: {companyName: \"Trois\", contacts: [{firstName: \"Zoé\", emails: [{email: \"zoe@example.com\"}], locations: [%s]}]}";
        assertThat(mutate("createClient", client.formatted(location.formatted("")), "client { id }")
                        .at("/mutationErrors/0/fieldName")
                        .asText())
                .isEqualTo("locationType");
        var made = mutate(
                "createClient",
                client.formatted(location.formatted(", locationType: ADDRESS")),
                "client { defaultContact { firstName defaultEmail { email } } }");
        assertThat(made.at("/client/defaultContact/defaultEmail/email").asText())
                .isEqualTo("zoe@example.com");
    }

    @Test
    void aNoteMayBeBackDated() throws Exception {
        mutate(
                "createClientLog",
                "clientId: \"" + client + "\", input: {comment: \"Vu hier\", createdAt: \"2026-03-08T12:00:00Z\"}",
                "clientLog { id }");
        assertThat(emulator.records().all(RecordCollection.TIMELINE).getFirst())
                .containsEntry("occurredAt", "2026-03-08T12:00:00Z")
                .containsEntry("comment", "Vu hier");
    }

    @Test
    void anUnsupportedMutationReturnsAnError() throws Exception {
        assertThat(caller.query("mutation { deleteContact(id: \"con_x\") { mutationErrors { fieldName } } }")
                        .path("errors")
                        .toString())
                .contains("Unsupported mutation: deleteContact");
    }

    private JsonNode createEvent(Map<String, Object> more) throws Exception {
        var input = new HashMap<String, Object>();
        input.put("title", "Accord");
        input.put("start", "2026-03-10T03:30:00Z");
        input.put("type", "APPOINTMENT");
        input.put("clientId", client);
        input.put("pianos", List.of(Map.of("pianoId", piano, "isTuning", true)));
        input.putAll(more);
        return caller.query(
                        "mutation($input: PrivateEventInput!) { createEvent(input: $input) { event { id allEventPianos { nodes { piano { id } } } } mutationErrors { fieldName messages type } } }",
                        Map.of("input", input))
                .at("/data/createEvent");
    }

    private JsonNode mutate(String name, String arguments, String fields) throws Exception {
        return caller.query("mutation { "
                        + name
                        + "("
                        + arguments
                        + ") { "
                        + fields
                        + " mutationErrors { fieldName messages type } } }")
                .at("/data/" + name);
    }

    private static String id(Map<String, Object> entry) {
        return (String) entry.get("id");
    }
}
