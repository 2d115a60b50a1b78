package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.GazelleFault;
import ca.assistantgazelle.emulators.gazelle.GazelleFaults;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.worker.execution.JobFailedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect of each emulated fault of Gazelle on a run. */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(ShortRetryTestResource.class)
class SyncFaultsTest {
    @Inject
    SyncRuns runs;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry meters;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();

    @BeforeEach
    void emptyTables() {
        runs.emptyTables();
    }

    @AfterEach
    void clearFaults() {
        gazelle.faults().clear();
        gazelle.behaviour().reset();
    }

    @ParameterizedTest
    @EnumSource(
            value = GazelleFault.class,
            names = {"UNKNOWN_ENUM", "NULL_RECORD"},
            mode = EnumSource.Mode.EXCLUDE)
    void aTransientFaultIsRetriedWithoutLoss(GazelleFault fault) throws Exception {
        runs.sync("full");
        gazelle.faults().set(List.of(order(fault, "allClients", 1), order(fault, "allEvents", 1)));
        try (var logged = CapturedLog.start()) {
            runs.sync("full");
            assertThat(logged.text()).doesNotContain(TestEnvironment.API_KEY).doesNotContain("@example.com");
        }
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
        assertThat(runs.countRows("automation.quarantine")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED,GAZELLE_TOKEN_REFUSED,false",
        "TOO_MANY_REQUESTS,GAZELLE_HTTP_429,true",
        "SERVER_ERROR,GAZELLE_HTTP_500,true",
        "BAD_GATEWAY,GAZELLE_HTTP_502,true",
        "SLOW,GAZELLE_UNREACHABLE,true",
        "SILENT,GAZELLE_UNREACHABLE,true",
        "DRIPPING,GAZELLE_UNREACHABLE,true",
        "TRUNCATED,GAZELLE_ANSWER_UNREADABLE,true",
        "DISCONNECTED,GAZELLE_UNREACHABLE,true",
        "PARTIAL_WITH_ERRORS,GAZELLE_ANSWER_PARTIAL,true",
        "SERVER_BUG,GAZELLE_ANSWER_PARTIAL,true"
    })
    void aPermanentFaultIsReportedWithASuggestion(GazelleFault fault, String errorClass, boolean retryable) {
        gazelle.faults().set(List.of(order(fault, "allPianos", 1_000)));
        try (var logged = CapturedLog.start()) {
            assertThatThrownBy(() -> runs.sync("full")).isInstanceOfSatisfying(JobFailedException.class, e -> {
                assertThat(e.error().errorClass()).isEqualTo(errorClass);
                assertThat(e.error().retryable()).isEqualTo(retryable);
                assertThat(e.error().suggestion()).isNotBlank();
                assertThat(e.error().message()).startsWith("pianos: ").contains("timeline: pianos failed");
                assertThat(e.error().toString() + logged.text())
                        .doesNotContain(TestEnvironment.API_KEY)
                        .doesNotContain("@example.com");
            });
        }
        // No page is partially stored, and independent entities are complete.
        assertThat(runs.countRows("gazelle_pianos")).isZero();
        assertThat(runs.countRows("gazelle_timeline_entries")).isZero();
        assertThat(runs.storedCounts().get(RecordCollection.EVENTS))
                .isEqualTo(SyncRuns.gazelleCounts().get(RecordCollection.EVENTS));
        assertThat(runs.countRows("automation.watermark where entity in ('clients', 'appointments')"))
                .isEqualTo(2);
        assertThat(runs.countRows("automation.watermark")).isEqualTo(2);
    }

    @Test
    void aPageIsRetriedAsOftenAsConfigured() {
        gazelle.faults()
                .set(List.of(new GazelleFaults.GazelleFaultRule(GazelleFault.BAD_GATEWAY, "allClients", 0, 1_000, 1)));
        long before = gazelle.requests();
        assertThatThrownBy(() -> runs.sync("full")).isInstanceOf(JobFailedException.class);
        // Users, catalogue and the first pages of the dependents of clients are requested besides the
        // attempts.
        long others =
                2 + pages(RecordCollection.PIANOS) + pages(RecordCollection.EVENTS) + pages(RecordCollection.TIMELINE);
        assertThat(gazelle.requests() - before)
                .isGreaterThanOrEqualTo(ShortRetryTestResource.TRIES)
                .isLessThanOrEqualTo(ShortRetryTestResource.TRIES + others);
    }

    @Test
    void aRunSendsOneRequestPerPage() throws Exception {
        runs.sync("full");
        long before = gazelle.requests();
        var result = runs.sync("full");
        long pages = 2
                + pages(RecordCollection.CLIENTS)
                + pages(RecordCollection.PIANOS)
                + pages(RecordCollection.EVENTS)
                + pages(RecordCollection.TIMELINE);
        assertThat(gazelle.requests() - before).isEqualTo(pages);
        assertThat(result.details()).containsEntry("requests", pages);
    }

    @Test
    void aRetryAfterBeyondTheLimitEndsTheAttempt() {
        gazelle.faults()
                .set(List.of(
                        new GazelleFaults.GazelleFaultRule(GazelleFault.TOO_MANY_REQUESTS, "allUsers", 0, 1_000, 600)));
        long before = gazelle.requests();
        assertThatThrownBy(() -> runs.sync("full")).isInstanceOfSatisfying(JobFailedException.class, e -> {
            assertThat(e.error().errorClass()).isEqualTo("GAZELLE_HTTP_429");
            assertThat(e.error().message()).contains("600 s");
        });
        long everythingOnce = 2
                + pages(RecordCollection.CLIENTS)
                + pages(RecordCollection.PIANOS)
                + pages(RecordCollection.EVENTS)
                + pages(RecordCollection.TIMELINE);
        assertThat(gazelle.requests() - before).isLessThanOrEqualTo(everythingOnce);
    }

    @Test
    void whenAFifthOfTheCalendarIsMissingNoneIsMarkedDeleted() throws Exception {
        runs.sync("full");
        gazelle.faults().set(List.of(order(GazelleFault.EVENTS_MISSING, "allEventsBatched", 1_000)));
        assertThatThrownBy(() -> runs.sync("full"))
                .isInstanceOfSatisfying(
                        JobFailedException.class,
                        e -> assertThat(e.error().errorClass()).isEqualTo("GAZELLE_MASS_LOSS"));
        assertThat(runs.countRows("gazelle_appointments where deleted_at is not null"))
                .isZero();
    }

    @Test
    void endlessPagingIsAnError() {
        gazelle.faults().set(List.of(order(GazelleFault.CIRCLING_PAGES, "allTimelineEntries", 100_000)));
        assertThatThrownBy(() -> runs.sync("full")).isInstanceOfSatisfying(JobFailedException.class, e -> {
            assertThat(e.error().errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE");
            assertThat(e.error().message()).contains("does not end");
        });
        assertThat(runs.countRows("automation.watermark where entity = 'timeline'"))
                .isZero();
    }

    @Test
    void aRecordReturnedAsNullIsQuarantinedAndNothingIsMarkedDeleted() throws Exception {
        runs.sync("full");
        gazelle.faults().set(List.of(order(GazelleFault.NULL_RECORD, "allPianos", 1)));
        var result = runs.sync("full");
        assertThat(result.details()).containsEntry("quarantined", 1L);
        assertThat(runs.value("select reason from automation.quarantine where entity = $1", "pianos"))
                .isEqualTo("Gazelle returned null for this record");
        assertThat(meters.get("gazelle.quarantined.rows").gauge().value()).isEqualTo(1);
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
        runs.sync("full");
        assertThat(meters.get("gazelle.quarantined.rows").gauge().value()).isZero();
    }

    @Test
    void contactsOfAnUnreadableClientAreKept() throws Exception {
        runs.sync("full");
        gazelle.faults().set(List.of(order(GazelleFault.NULL_RECORD, "allClients", 1)));
        runs.sync("full");
        assertThat(runs.countRows("gazelle_clients where deleted_at is not null"))
                .isZero();
        assertThat(runs.countRows("gazelle_contacts where deleted_at is not null"))
                .isZero();
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
    }

    @Test
    void contactsOfAClientWithAnUnreadableContactAreKept() throws Exception {
        runs.sync("full");
        var contact = gazelle.records().all(RecordCollection.CONTACTS).get(5);
        var id = (String) contact.get("id");
        var broken = new HashMap<String, Object>();
        broken.put("archived", null);
        gazelle.records().edit(RecordCollection.CONTACTS, id, broken);
        try {
            var result = runs.sync("full");
            assertThat(result.details()).containsEntry("quarantined", 1L);
            assertThat(runs.value("select reason from automation.quarantine where entity = $1", "clients"))
                    .asString()
                    .contains("allContacts/nodes/");
            assertThat(runs.countRows("gazelle_contacts where deleted_at is not null"))
                    .isZero();
            assertThat(runs.countRows("gazelle_clients where deleted_at is not null"))
                    .isZero();
        } finally {
            gazelle.records().edit(RecordCollection.CONTACTS, id, Map.of("archived", contact.get("archived")));
        }
    }

    @Test
    void onlyTheClientWithUnreadableFurtherContactsIsQuarantined() throws Exception {
        var client = (String) gazelle.records()
                .create(RecordCollection.CLIENTS, Map.of("companyName", "Foule"))
                .get("id");
        var contacts = new ArrayList<String>();
        for (int i = 0; i < 130; i++) {
            var contact = gazelle.records()
                    .create(RecordCollection.CONTACTS, Map.of("clientId", client, "firstName", "Zoé " + i));
            contacts.add((String) contact.get("id"));
        }
        try {
            runs.sync("full");
            var broken = new HashMap<String, Object>();
            broken.put("archived", null);
            gazelle.records().edit(RecordCollection.CONTACTS, contacts.getLast(), broken);
            var result = runs.sync("full");
            assertThat(result.details()).containsEntry("quarantined", 1L);
            assertThat(runs.value("select external_id from automation.quarantine where entity = $1", "clients"))
                    .isEqualTo(client);
            assertThat(runs.countRows("gazelle_contacts where deleted_at is not null"))
                    .isZero();
            assertThat(runs.countRows("gazelle_clients where deleted_at is not null"))
                    .isZero();
        } finally {
            contacts.forEach(id -> gazelle.records().delete(RecordCollection.CONTACTS, id));
            gazelle.records().delete(RecordCollection.CLIENTS, client);
        }
    }

    @Test
    void manyUnreadableRecordsFailTheRun() throws Exception {
        runs.sync("full");
        var all = gazelle.records().all(RecordCollection.TIMELINE);
        var entries = all.subList(0, all.size() / 10);
        entries.forEach(entry -> client(entry.get("id"), null));
        try {
            assertThatThrownBy(() -> runs.sync("full")).isInstanceOfSatisfying(JobFailedException.class, e -> {
                assertThat(e.error().errorClass()).isEqualTo("GAZELLE_ANSWER_PARTIAL");
                assertThat(e.error().message()).contains("failed to return");
            });
            assertThat(runs.countRows("gazelle_timeline_entries where deleted_at is not null"))
                    .isZero();
        } finally {
            entries.forEach(entry -> client(entry.get("id"), entry.get("clientId")));
        }
    }

    private void client(Object entry, Object client) {
        gazelle.records().edit(RecordCollection.TIMELINE, (String) entry, Collections.singletonMap("clientId", client));
    }

    @Test
    void anUnreadableRecordIsQuarantinedAndTheOthersAreStored() throws Exception {
        runs.sync("full");
        var entry = gazelle.records().all(RecordCollection.TIMELINE).get(3);
        var id = (String) entry.get("id");
        var added = gazelle.records()
                .create(
                        RecordCollection.TIMELINE,
                        Map.of("clientId", entry.get("clientId"), "comment", "à côté du fautif"));
        // The client must not be null: the server returns null for the record, and an error.
        client(id, null);
        try {
            var result = runs.sync("full");
            assertThat(result.details())
                    .hasEntrySatisfying("quarantined", n -> assertThat((long) n).isPositive());
            assertThat(runs.value("select reason from automation.quarantine where entity = $1 limit 1", "timeline"))
                    .asString()
                    .contains("path allTimelineEntries/nodes/");
            assertThat(runs.countRows("gazelle_timeline_entries where deleted_at is not null"))
                    .isZero();
            assertThat(runs.value(
                            "select count(*)::text from gazelle_timeline_entries where external_id = $1",
                            added.get("id")))
                    .isEqualTo("1");
        } finally {
            client(id, entry.get("clientId"));
            gazelle.records().delete(RecordCollection.TIMELINE, (String) added.get("id"));
        }
    }

    @Test
    void anUnknownEnumValueIsStoredUnchanged() throws Exception {
        gazelle.faults().set(List.of(order(GazelleFault.UNKNOWN_ENUM, "allPianos", 1)));
        runs.sync("full");
        assertThat(runs.countRows("gazelle_pianos where status = 'SURPRISE_DU_SERVEUR'"))
                .isEqualTo(1);
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
    }

    @Test
    void aClientNotYetListedIsFetchedForItsAppointment() throws Exception {
        var client = gazelle.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Tardif"));
        var event = gazelle.records()
                .create(
                        RecordCollection.EVENTS,
                        Map.of(
                                "clientId",
                                client.get("id"),
                                "start",
                                clock.instant().toString()));
        gazelle.behaviour().hideNewestClient(true);
        runs.sync("full");
        assertThat(runs.value(
                        "select c.company_name from gazelle_appointments a join gazelle_clients c on c.external_id = a.client_external_id where a.external_id = $1",
                        event.get("id")))
                .isEqualTo("Tardif");
        gazelle.records().delete(RecordCollection.CLIENTS, (String) client.get("id"));
    }

    @Test
    void aMergedClientIsMarkedDeletedAndItsRecordsFollow() throws Exception {
        var source = gazelle.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Source"));
        var target = gazelle.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Cible"));
        var piano = gazelle.records().create(RecordCollection.PIANOS, Map.of("clientId", source.get("id")));
        runs.sync("full");
        GraphQlRequests.send(
                gazelle,
                "mutation { mergeClients(input: {sourceClientId: \"%s\", targetClientId: \"%s\"}) { mutationErrors { messages } } }"
                        .formatted(source.get("id"), target.get("id")));
        runs.sync("partial");
        assertThat(runs.value("select deleted_reason from gazelle_clients where external_id = $1", source.get("id")))
                .isEqualTo("absent de Gazelle");
        assertThat(runs.value("select client_external_id from gazelle_pianos where external_id = $1", piano.get("id")))
                .isEqualTo(target.get("id"));
        gazelle.records().delete(RecordCollection.CLIENTS, (String) target.get("id"));
    }

    @Test
    void aFurtherAttemptResumesAfterTheLastStoredPage() throws Exception {
        var added = new ArrayList<String>();
        var client = gazelle.records().all(RecordCollection.CLIENTS).getFirst().get("id");
        for (int i = 0; i < 700; i++) {
            added.add((String) gazelle.records()
                    .create(RecordCollection.TIMELINE, Map.of("clientId", client, "comment", "note " + i))
                    .get("id"));
        }
        try {
            var run = UUID.randomUUID();
            long pages = pages(RecordCollection.TIMELINE);
            assertThat(pages).isGreaterThan(12);
            gazelle.faults()
                    .set(List.of(new GazelleFaults.GazelleFaultRule(
                            GazelleFault.BAD_GATEWAY, "allTimelineEntries", 12, 1_000, 1)));
            assertThatThrownBy(() -> runs.sync(run, "full")).isInstanceOf(JobFailedException.class);
            assertThat(runs.countRows("gazelle_timeline_entries")).isEqualTo(1_000);
            gazelle.faults().clear();
            long before = gazelle.requests();
            var result = runs.sync(run, "full");
            // Users and catalogue are read again, the timeline only after its tenth page.
            assertThat(gazelle.requests() - before).isEqualTo(2 + pages - 10);
            assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
            assertThat(result.counts().get("timeline"))
                    .containsEntry("fetched", SyncRuns.gazelleCounts().get(RecordCollection.TIMELINE));
            assertThat(result.counts().get("clients"))
                    .containsEntry("fetched", SyncRuns.gazelleCounts().get(RecordCollection.CLIENTS));
        } finally {
            added.forEach(id -> gazelle.records().delete(RecordCollection.TIMELINE, id));
        }
    }

    @Test
    void removedEntriesOfOneClientCostOneRequest() throws Exception {
        var client = gazelle.records().create(RecordCollection.CLIENTS, Map.of("companyName", "Historique"));
        var entries = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            entries.add((String) gazelle.records()
                    .create(RecordCollection.TIMELINE, Map.of("clientId", client.get("id"), "comment", "n" + i))
                    .get("id"));
        }
        runs.sync("full");
        entries.subList(0, 4).forEach(id -> gazelle.records().delete(RecordCollection.TIMELINE, id));
        long before = gazelle.requests();
        var result = runs.sync("full");
        assertThat(result.counts().get("timeline")).containsEntry("deleted", 4L);
        long pages = 2
                + pages(RecordCollection.CLIENTS)
                + pages(RecordCollection.PIANOS)
                + pages(RecordCollection.EVENTS)
                + pages(RecordCollection.TIMELINE);
        assertThat(gazelle.requests() - before).isEqualTo(pages + 1);
        gazelle.records().delete(RecordCollection.CLIENTS, (String) client.get("id"));
    }

    @Test
    void anInterruptedRunStopsWhileWaiting() throws Exception {
        gazelle.faults().latency(Duration.ofSeconds(30));
        var end = new AtomicReference<Throwable>();
        long before = gazelle.requests();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                runs.sync("full");
            } catch (Exception e) {
                end.set(e);
            }
        });
        await().until(() -> gazelle.requests() > before);
        thread.interrupt();
        await().until(() -> !thread.isAlive());
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(runs.countRows("automation.watermark")).isZero();
    }

    // The window of a full run has no bounds: an entity has one page per hundred records.
    private static long pages(RecordCollection collection) {
        return Math.max(1, (SyncRuns.gazelleCounts().get(collection) + 99) / 100);
    }

    private static GazelleFaults.GazelleFaultRule order(GazelleFault fault, String only, int times) {
        return new GazelleFaults.GazelleFaultRule(fault, only, 1, times, 1);
    }
}
