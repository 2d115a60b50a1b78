package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(ShortRetryTestResource.class)
class NoteAnalysisUpdaterTest {
    @Inject
    Database database;

    @Inject
    SyncRuns runs;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();
    private String client;
    private String piano;

    @BeforeEach
    void createPianoWithoutHistory() {
        gazelle.faults().clear();
        runs.emptyTables();
        client = (String)
                gazelle.records().all(RecordCollection.CLIENTS).getLast().get("id");
        piano = (String) gazelle.records()
                .create(RecordCollection.PIANOS, Map.of("clientId", client, "make", "Kawai"))
                .get("id");
    }

    @Test
    void areStoredWithTheVersionOfTheRules() throws Exception {
        var id = note("2026-01-10T15:00:00Z", "Accord. 20,5C, 39%. PLS débranché.");
        runs.sync("full");
        assertThat(readings(id)).containsExactly("20.5°C, 39% high true");
        assertThat(alerts()).containsExactly("POWER OPEN " + id + " null");
    }

    @Test
    void areUpdatedWhenNotesChange() throws Exception {
        var raised = note("2026-01-10T15:00:00Z", "PLS débranché, 21C, 39%");
        var resolved = note("2026-02-10T15:00:00Z", "PLS rebranché");
        runs.sync("full");
        assertThat(alerts()).containsExactly("POWER RESOLVED " + raised + " " + resolved);
        gazelle.records().edit(RecordCollection.TIMELINE, resolved, Map.of("comment", "Accord"));
        runs.sync("full");
        assertThat(alerts()).containsExactly("POWER OPEN " + raised + " null");
        gazelle.records().edit(RecordCollection.TIMELINE, raised, Map.of("comment", "Housse enlevée"));
        runs.sync("full");
        assertThat(alerts()).containsExactly("COVER OPEN " + raised + " null");
        assertThat(readings(raised)).isEmpty();
    }

    @Test
    void areRecomputedForNewRulesAndOnRequest() throws Exception {
        var id = note("2026-01-10T15:00:00Z", "PLS débranché, 21C, 39%");
        runs.sync("full");
        database.update("update automation.analysed_note set rule_version = 0");
        database.update("delete from automation.note_reading");
        runs.sync("partial");
        assertThat(readings(id)).hasSize(1);
        database.update("delete from automation.note_reading");
        runs.sync("partial");
        assertThat(readings(id)).isEmpty();
        runs.sync(Map.of("mode", "partial", "recompute_notes", true));
        assertThat(readings(id)).hasSize(1);
    }

    @Test
    void keepManualDecisions() throws Exception {
        var id = note("2026-01-10T15:00:00Z", "PLS débranché");
        runs.sync("full");
        database.update("update automation.maintenance_alert set status = 'ARCHIVED' where opened_by_entry = $1", id);
        gazelle.records().edit(RecordCollection.TIMELINE, id, Map.of("comment", "PLS débranché, 21C"));
        runs.sync("full");
        assertThat(alerts()).containsExactly("POWER ARCHIVED " + id + " null");
        database.update(
                "update automation.maintenance_alert set resolved_at = '2026-02-01T12:00:00Z' where opened_by_entry = $1",
                id);
        gazelle.records().edit(RecordCollection.TIMELINE, id, Map.of("comment", "PLS débranché, 22C"));
        runs.sync("full");
        assertThat(database.list(
                        "select resolved_at from automation.maintenance_alert where opened_by_entry = $1 and resolved_at = '2026-02-01T12:00:00Z'",
                        row -> 1,
                        id))
                .hasSize(1);
    }

    private String note(String at, String text) {
        return (String) gazelle.records()
                .create(
                        RecordCollection.TIMELINE,
                        Map.of(
                                "clientId", client,
                                "pianoId", piano,
                                "type", "SERVICE_ENTRY_MANUAL",
                                "occurredAt", at,
                                "comment", text))
                .get("id");
    }

    private List<String> readings(String entry) {
        return database.list(
                "select canonical || ' ' || confidence || ' ' || (rule_version >= 1) from automation.note_reading where entry_external_id = $1 order by position",
                row -> row.getString(0),
                entry);
    }

    private List<String> alerts() {
        return database.list(
                "select type || ' ' || status || ' ' || opened_by_entry || ' ' || coalesce(resolved_by_entry, 'null') from automation.maintenance_alert where piano_id = $1 order by 1",
                row -> row.getString(0),
                piano);
    }
}
