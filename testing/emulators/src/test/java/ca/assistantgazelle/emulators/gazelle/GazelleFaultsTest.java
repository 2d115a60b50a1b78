package ca.assistantgazelle.emulators.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GazelleFaultsTest {
    private static final String PIANOS = "{ allPianos(first: 100) { totalCount nodes { id status } } }";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T15:00:00Z"), ZoneOffset.UTC);

    private GazelleEmulator emulator;
    private EmulatorClient caller;

    @BeforeEach
    void start() {
        emulator = GazelleEmulator.start(
                0, SampleCompany.create(SampleVolumes.SMALL, LocalDate.of(2026, 3, 9), CLOCK), "key");
        caller = new EmulatorClient(emulator);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void faultsLastAsLongAsConfigured() throws Exception {
        caller.control("PUT", "faults", "{\"fault\": \"truncated\", \"after\": 1, \"times\": 1}");
        assertThat(caller.query("{user{id}}").has("data")).isTrue();
        assertThatThrownBy(() -> caller.query("{user{id}}")).isInstanceOf(IOException.class);
        assertThat(caller.query("{user{id}}").has("data")).isTrue();
    }

    @Test
    void aFaultAffectsOnlyMatchingRequests() throws Exception {
        caller.control(
                "PUT",
                "faults",
                "[{\"fault\": \"server_error\", \"only\": \"allPianos\", \"times\": 5}, {\"fault\": \"bad_gateway\", \"only\": \"allUsers\"}]");
        assertThat(caller.queryUser("x-gazelle-api-key", "key").statusCode()).isEqualTo(200);
        assertThat(status(PIANOS)).isEqualTo(500);
        assertThat(status("{ allUsers { id } }")).isEqualTo(502);
        assertThat(status("{ allUsers { id } }")).isEqualTo(200);
    }

    @Test
    void transportFaultsBreakTheResponseAsNamed() throws Exception {
        emulator.faults().set(GazelleFault.DISCONNECTED, 0, 1);
        assertThatThrownBy(() -> caller.query("{user{id}}")).isInstanceOf(IOException.class);
        emulator.faults().set(GazelleFault.UNAUTHORIZED, 0, 1);
        assertThat(caller.queryUser("x-gazelle-api-key", "key").statusCode()).isEqualTo(401);
        emulator.faults().set(GazelleFault.PARTIAL_WITH_ERRORS, 0, 1);
        var partial = caller.query("{user{id}}");
        assertThat(partial.has("errors") && partial.has("data")).isTrue();
        emulator.faults()
                .set(List.of(new GazelleFaults.GazelleFaultRule(GazelleFault.TOO_MANY_REQUESTS, null, 0, 1, 7)));
        var busy = caller.queryUser("x-gazelle-api-key", "key");
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void anInsertedRowRepeatsARecordAndADeletedRowSkipsOne() throws Exception {
        var second = "{ allClients(first: 2, after: \"Mg\", sortBy: [CREATED_AT_ASC]) { totalCount nodes { id } } }";
        var first = "{ allClients(first: 2, sortBy: [CREATED_AT_ASC]) { nodes { id } } }";
        var head = ids(caller.query(first), "allClients");
        emulator.faults().set(GazelleFault.ROWS_INSERTED, 0, 1);
        assertThat(ids(caller.query(second), "allClients").getFirst()).isEqualTo(head.get(1));
        emulator.faults().set(GazelleFault.ROWS_DELETED, 0, 2);
        var before = ids(caller.query(first), "allClients");
        assertThat(ids(caller.query(second), "allClients")).doesNotContainAnyElementsOf(before);
        assertThat(caller.query(second).at("/data/allClients/totalCount").asInt())
                .isEqualTo(SampleVolumes.SMALL.clients() - 1);
    }

    @Test
    void everyFifthEventIsMissingFromOneResponse() throws Exception {
        var events = "{ allEventsBatched { totalCount } }";
        emulator.faults().set(GazelleFault.EVENTS_MISSING, 0, 1);
        assertThat(caller.query(events).at("/data/allEventsBatched/totalCount").asInt())
                .isEqualTo(264);
        assertThat(caller.query(events).at("/data/allEventsBatched/totalCount").asInt())
                .isEqualTo(330);
    }

    @Test
    void aNewerServersResponseHasUnknownFieldsAndEnumValues() throws Exception {
        emulator.faults().set(GazelleFault.UNKNOWN_FIELDS, 0, 1);
        assertThat(caller.query(PIANOS).at("/data/allPianos/nodes/0").has(ResponseCorruptor.UNKNOWN_FIELD))
                .isTrue();
        emulator.faults().set(GazelleFault.UNKNOWN_ENUM, 0, 1);
        assertThat(caller.query(PIANOS).at("/data/allPianos/nodes/0/status").asText())
                .isEqualTo(ResponseCorruptor.UNKNOWN_VALUE);
    }

    @Test
    void anUnknownControlKeyIsRejectedByName() throws Exception {
        assertThat(caller.control("PUT", "faults", "{\"falt\": \"silent\"}")
                        .path("error")
                        .asText())
                .contains("falt");
        assertThat(caller.control("PUT", "faults", "{\"fault\": \"gremlin\"}")
                        .path("error")
                        .asText())
                .contains("gremlin")
                .contains("bad_gateway");
        assertThat(caller.control("PUT", "behaviour", "{\"moon\": \"full\"}")
                        .path("error")
                        .asText())
                .contains("moon");
        assertThat(caller.control("PUT", "faults", "{\"after\": -1, \"fault\": \"slow\"}")
                        .has("error"))
                .isTrue();
    }

    @Test
    void behaviourIsSetAndResetWhileItRuns() throws Exception {
        var cancelled = "{ allEventsBatched { nodes { status } } }";
        assertThat(caller.query(cancelled).findValuesAsText("status")).contains("CANCELED");
        caller.control(
                "PUT",
                "behaviour",
                "{\"cancelled_events\": \"hidden\", \"newest_client\": \"hidden\", \"clock\": \"2026-03-10T03:30:00Z\"}");
        assertThat(caller.query(cancelled).findValuesAsText("status")).doesNotContain("CANCELED");
        assertThat(caller.query("{ allClients(first: 1) { totalCount } }")
                        .at("/data/allClients/totalCount")
                        .asInt())
                .isEqualTo(SampleVolumes.SMALL.clients() - 1);
        assertThat(caller.control("POST", "clients", "{\"companyName\": \"Tard\"}")
                        .path("createdAt")
                        .asText())
                .isEqualTo("2026-03-10T03:30:00Z");
        assertThat(caller.control("DELETE", "behaviour", "")
                        .path("cancelled_events")
                        .asText())
                .isEqualTo("shown");
    }

    private int status(String query) throws Exception {
        return caller.post(
                        emulator.url(),
                        EmulatorClient.JSON.writeValueAsString(java.util.Map.of("query", query)),
                        "x-gazelle-api-key",
                        "key")
                .statusCode();
    }

    private static List<String> ids(JsonNode answer, String root) {
        return answer.at("/data/" + root + "/nodes").findValuesAsText("id");
    }
}
