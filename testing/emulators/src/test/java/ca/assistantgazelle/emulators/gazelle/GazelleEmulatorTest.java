package ca.assistantgazelle.emulators.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GazelleEmulatorTest {
    private static final LocalDate ANCHOR = LocalDate.of(2026, 3, 9);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T15:00:00Z"), ZoneOffset.UTC);

    private GazelleEmulator emulator;
    private EmulatorClient caller;

    @BeforeEach
    void start() {
        emulator = GazelleEmulator.start(0, SampleCompany.create(SampleVolumes.SMALL, ANCHOR, CLOCK), "key");
        caller = new EmulatorClient(emulator);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void theSampleIsTheSameEveryTime() {
        var again = SampleCompany.create(SampleVolumes.SMALL, ANCHOR, CLOCK);
        for (var collection : RecordCollection.values()) {
            assertThat(again.all(collection)).isEqualTo(emulator.records().all(collection));
        }
    }

    @Test
    void requestsWithoutAKeyAreUnauthorized() throws Exception {
        assertThat(caller.queryUser("x-gazelle-api-key", "wrong").statusCode()).isEqualTo(401);
        assertThat(caller.queryUser("Authorization", "Bearer key").statusCode()).isEqualTo(401);
        assertThat(caller.queryUser("x-gazelle-api-key", "key").statusCode()).isEqualTo(200);
    }

    @Test
    void anUnknownFieldIsRejectedWithTheServersMessage() throws Exception {
        var error = query("{ user { name } }").path("errors").path(0);
        assertThat(error.path("message").asText()).isEqualTo("Field 'name' doesn't exist on type 'PrivateUser'");
        assertThat(error.path("extensions").path("code").asText()).isEqualTo("undefinedField");
        assertThat(error.path("extensions").path("typeName").asText()).isEqualTo("PrivateUser");
        assertThat(error.path("path")).extracting(JsonNode::asText).containsExactly("query", "user", "name");
    }

    @Test
    void theFormerSystemsInvalidQueriesAreRejected() throws Exception {
        for (var broken : new String[] {
            "{ allPianos(clientId: \"x\") { totalCount } }",
            "{ allTimelineEntries(orderBy: X) { totalCount } }",
            "{ allClients(sortBy: [UPDATED_AT_DESC]) { totalCount } }",
            "query($id: ID!) { piano(id: $id) { id } }",
            "{ allPianos { nodes { clientId } } }"
        }) {
            assertThat(query(broken).has("errors")).as(broken).isTrue();
        }
    }

    @Test
    void paginationReturnsEveryRecordOnce() throws Exception {
        var seen = new HashSet<String>();
        String after = null;
        int total;
        do {
            var page = query("{ allClients(first: 50, sortBy: [CREATED_AT_ASC]"
                            + (after == null ? "" : ", after: \"" + after + "\"")
                            + ") { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }")
                    .path("data")
                    .path("allClients");
            page.path("nodes")
                    .forEach(node ->
                            assertThat(seen.add(node.path("id").asText())).isTrue());
            total = page.path("totalCount").asInt();
            after = page.path("pageInfo").path("hasNextPage").asBoolean()
                    ? page.path("pageInfo").path("endCursor").asText()
                    : null;
        } while (after != null);
        assertThat(seen).hasSize(total).hasSize(SampleVolumes.SMALL.clients());
    }

    @Test
    void withoutFirstAllRecordsAreReturnedButTheTimelineIsCapped() throws Exception {
        assertThat(query("{ allClients { nodes { id } } }").at("/data/allClients/nodes"))
                .hasSize(SampleVolumes.SMALL.clients());
        assertThat(query("{ allTimelineEntries(first: 500) { nodes { id } } }").at("/data/allTimelineEntries/nodes"))
                .hasSize(100);
    }

    @Test
    void theTimelineIsSortedNewestFirst() throws Exception {
        var nodes = query("{ allTimelineEntries { nodes { occurredAt } } }").at("/data/allTimelineEntries/nodes");
        var times = nodes.findValuesAsText("occurredAt");
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void archivedContactsAreReturnedOnlyOnRequest() throws Exception {
        int without = contacts("");
        int with = contacts("(includeArchived: true)");
        assertThat(with)
                .isGreaterThan(without)
                .isEqualTo(emulator.records().all(RecordCollection.CONTACTS).size());
    }

    @Test
    void theControlApiCreatesEditsAndDeletesRecords() throws Exception {
        var created = control("POST", "clients", "{\"companyName\": \"Nouveau\"}");
        var id = created.path("id").asText();
        assertThat(id).startsWith("cli_").hasSize(20);
        assertThat(query("{ client(id: \"" + id + "\") { companyName tags createdAt } }")
                        .at("/data/client/companyName")
                        .asText())
                .isEqualTo("Nouveau");
        control("PATCH", "clients/" + id, "{\"companyName\": \"Renommé\"}");
        assertThat(query("{ client(id: \"" + id + "\") { companyName } }")
                        .at("/data/client/companyName")
                        .asText())
                .isEqualTo("Renommé");
        control("DELETE", "clients/" + id, "");
        assertThat(query("{ client(id: \"" + id + "\") { companyName } }")
                        .at("/data/client")
                        .isNull())
                .isTrue();
    }

    @Test
    void anUnknownCollectionIsRejectedNamingTheKnownOnes() throws Exception {
        assertThat(control("GET", "violins", "").path("error").asText())
                .contains("violins")
                .contains("pianos");
    }

    @Test
    void anUnknownEnumValueIsStoredAndReturnedUnchanged() throws Exception {
        var event = emulator.records().all(RecordCollection.EVENTS).getFirst();
        control("PATCH", "events/" + event.get("id"), "{\"status\": \"TELEPORTED\"}");
        assertThat(query("{ event(eventId: \"" + event.get("id") + "\") { status } }")
                        .at("/data/event/status")
                        .asText())
                .isEqualTo("TELEPORTED");
    }

    @Test
    void aMemoDropsItsClient() {
        var memo = emulator.records().create(RecordCollection.EVENTS, Map.of("type", "MEMO", "clientId", "cli_x"));
        assertThat(memo.get("clientId")).isNull();
    }

    @Test
    void deletingARecordDeletesItsDependents() throws Exception {
        var piano = (String)
                emulator.records().all(RecordCollection.PIANOS).getFirst().get("id");
        var client = (String)
                emulator.records().all(RecordCollection.CLIENTS).getLast().get("id");
        emulator.records().delete(RecordCollection.PIANOS, piano);
        emulator.records().delete(RecordCollection.CLIENTS, client);
        assertThat(query(
                                "{ allTimelineEntries { nodes { client { id } } } allEventsBatched { nodes { client { id } allEventPianos { nodes { piano { id } } } } } }")
                        .has("errors"))
                .isFalse();
        assertThat(emulator.records().where(RecordCollection.CONTACTS, "clientId", client))
                .isEmpty();
    }

    private int contacts(String arguments) throws Exception {
        int sum = 0;
        for (var node : query("{ allClients { nodes { allContacts" + arguments + " { totalCount } } } }")
                .at("/data/allClients/nodes")) {
            sum += node.at("/allContacts/totalCount").asInt();
        }
        return sum;
    }

    private JsonNode query(String query) throws Exception {
        return caller.query(query);
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        return caller.control(method, path, body);
    }
}
