package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(ShortRetryTestResource.class)
class SyncJobTest {
    private static final List<String> TABLES = List.of(
            "users",
            "produits_catalogue",
            "gazelle_clients",
            "gazelle_contacts",
            "gazelle_pianos",
            "gazelle_appointments",
            "gazelle_appointment_pianos",
            "gazelle_timeline_entries");

    @Inject
    Database database;

    @Inject
    SyncRuns runs;

    @Inject
    Clock clock;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();

    @BeforeEach
    void emptyTables() {
        gazelle.faults().clear();
        runs.emptyTables();
    }

    @Test
    void everyChannelIsSetSoThatNothingIsLost() {
        var config = ConfigProvider.getConfig();
        assertThat(RequiredChannelSettings.violations(
                        config.getPropertyNames(),
                        name -> config.getOptionalValue(name, String.class).orElse(null)))
                .isEmpty();
    }

    @Test
    void theFirstSyncIsAlwaysFull() throws Exception {
        var result = sync("partial");
        assertThat(result.details()).containsEntry("mode", "full").containsEntry("quarantined", 0L);
        assertThat(rows("users")).isEqualTo(total(RecordCollection.USERS));
        assertThat(rows("produits_catalogue")).isEqualTo(total(RecordCollection.SERVICES));
        assertThat(rows("gazelle_clients")).isEqualTo(total(RecordCollection.CLIENTS));
        assertThat(rows("gazelle_contacts")).isEqualTo(total(RecordCollection.CONTACTS));
        assertThat(rows("gazelle_pianos")).isEqualTo(total(RecordCollection.PIANOS));
        assertThat(rows("gazelle_appointments")).isEqualTo(total(RecordCollection.EVENTS));
        assertThat(rows("gazelle_timeline_entries")).isEqualTo(total(RecordCollection.TIMELINE));
        assertThat(rows("automation.scanned_id")).isZero();
    }

    @Test
    void aSecondFullSyncWritesNoRow() throws Exception {
        sync("full");
        var before = rowVersions();
        var result = sync("full");
        assertThat(rowVersions()).isEqualTo(before);
        assertThat(result.counts().values())
                .allSatisfy(counts -> assertThat(counts.get("unchanged")).isEqualTo(counts.get("fetched")));
    }

    @Test
    void aPartialSyncWritesExactlyWhatChanged() throws Exception {
        sync("full");
        var client = gazelle.records().all(RecordCollection.CLIENTS).getLast();
        gazelle.records()
                .edit(RecordCollection.CLIENTS, (String) client.get("id"), Map.of("companyName", "Nom changé"));
        var piano = gazelle.records()
                .create(RecordCollection.PIANOS, Map.of("clientId", client.get("id"), "make", "Neuve"));
        var note = gazelle.records()
                .create(
                        RecordCollection.TIMELINE,
                        Map.of(
                                "clientId",
                                client.get("id"),
                                "pianoId",
                                piano.get("id"),
                                "type",
                                "SERVICE_ENTRY_MANUAL",
                                "comment",
                                "Accord. 21°C, 40 %"));
        var result = sync("partial");
        assertThat(result.details()).containsEntry("mode", "partial");
        assertThat(written(result))
                .isEqualTo(Map.of("clients updated", 1L, "pianos inserted", 1L, "timeline inserted", 1L));
        assertThat(value("select company_name from gazelle_clients where external_id = $1", client.get("id")))
                .isEqualTo("Nom changé");
        assertThat(value("select description from gazelle_timeline_entries where external_id = $1", note.get("id")))
                .isEqualTo("Accord. 21°C, 40 %");
    }

    @Test
    void manuallyMaintainedColumnsAreFilledOnceOnly() throws Exception {
        var client = gazelle.records().all(RecordCollection.CLIENTS).getFirst();
        var user = gazelle.records().all(RecordCollection.USERS).getFirst();
        database.update(
                "insert into users (id, external_id, email, role) values ($1, $1, 'choisi@example.com', 'chef')",
                user.get("id"));
        database.update(
                "insert into gazelle_clients (external_id, company_name, tags) values ($1, 'ancien', '{institutional}')",
                client.get("id"));
        sync("full");
        assertThat(value(
                        "select tags::text || gazelle_tags::text from gazelle_clients where external_id = $1",
                        client.get("id")))
                .startsWith("{institutional}{institution");
        assertThat(value("select email || role || first_name from users where id = $1", user.get("id")))
                .isEqualTo("choisi@example.comchef" + user.get("firstName"));
        database.update("update gazelle_pianos set dampp_chaser_installed = true");
        database.update("update gazelle_pianos set content_hash = null");
        sync("full");
        assertThat(rows("gazelle_pianos where dampp_chaser_installed")).isEqualTo(total(RecordCollection.PIANOS));
        assertThat(rows("gazelle_pianos where gazelle_dampp_chaser_installed"))
                .isLessThan(total(RecordCollection.PIANOS));
    }

    @Test
    void valuesClearedInGazelleAreCleared() throws Exception {
        sync("full");
        var entry = gazelle.records().all(RecordCollection.TIMELINE).stream()
                .filter(one -> one.get("comment") != null)
                .findFirst()
                .orElseThrow();
        var emptied = new HashMap<String, Object>();
        emptied.put("comment", null);
        gazelle.records().edit(RecordCollection.TIMELINE, (String) entry.get("id"), emptied);
        sync("full");
        assertThat(value(
                        "select coalesce(description, 'empty') from gazelle_timeline_entries where external_id = $1",
                        entry.get("id")))
                .isEqualTo("empty");
    }

    @Test
    void recordsRemovedInGazelleAreMarkedDeletedAndCanReturn() throws Exception {
        sync("full");
        var event = gazelle.records()
                .create(RecordCollection.EVENTS, Map.of("start", clock.instant().toString(), "title", "À retirer"));
        sync("partial");
        gazelle.records().delete(RecordCollection.EVENTS, (String) event.get("id"));
        var result = sync("partial");
        assertThat(result.counts().get("appointments")).containsEntry("deleted", 1L);
        assertThat(value(
                        "select deleted_reason || title from gazelle_appointments where external_id = $1 and deleted_at is not null",
                        event.get("id")))
                .isEqualTo("absent de GazelleÀ retirer");
        gazelle.records().add(RecordCollection.EVENTS, event);
        sync("partial");
        assertThat(rows("gazelle_appointments where deleted_at is not null")).isZero();
        gazelle.records().delete(RecordCollection.EVENTS, (String) event.get("id"));
    }

    @Test
    void anEventMovedOutOfTheWindowIsUpdatedNotDeleted() throws Exception {
        sync("full");
        var event = gazelle.records()
                .create(RecordCollection.EVENTS, Map.of("start", clock.instant().toString(), "title", "À déplacer"));
        sync("partial");
        gazelle.records()
                .edit(RecordCollection.EVENTS, (String) event.get("id"), Map.of("start", "2020-01-15T15:00:00Z"));
        sync("partial");
        assertThat(value(
                        "select appointment_date::text from gazelle_appointments where external_id = $1 and deleted_at is null",
                        event.get("id")))
                .isEqualTo("2020-01-15");
        gazelle.records().delete(RecordCollection.EVENTS, (String) event.get("id"));
    }

    @Test
    void whenTooManyContactsAreMissingNoneIsMarkedDeleted() throws Exception {
        sync("full");
        insertContacts(40);
        assertThatThrownBy(() -> sync("partial"))
                .isInstanceOfSatisfying(
                        JobFailedException.class,
                        e -> assertThat(e.error())
                                .matches(error -> error.errorClass().equals("GAZELLE_MASS_LOSS")
                                        && error.message().contains("40 of")
                                        && error.message().contains("contacts")));
        assertThat(rows("gazelle_contacts where deleted_at is not null")).isZero();
    }

    @Test
    void aMissingContactIsMarkedDeletedAfterASecondLook() throws Exception {
        sync("full");
        insertContacts(3);
        var result = sync("partial");
        assertThat(result.counts().get("contacts")).containsEntry("deleted", 3L);
        assertThat(rows("gazelle_contacts where deleted_at is not null and external_id like 'cnt_gone%'"))
                .isEqualTo(3);
    }

    private void insertContacts(int number) {
        database.update("""
                insert into gazelle_contacts (external_id, client_external_id, content_hash)
                select 'cnt_gone' || n, (select min(external_id) from gazelle_clients), '\\x00' from generate_series(1, $1) as n
                """, number);
    }

    @Test
    void idsSeenByAbandonedRunsAreRemovedInSlices() throws Exception {
        sync("full");
        database.update("""
                insert into automation.scanned_id (run_id, entity, external_id)
                select gen_random_uuid(), 'timeline', 'x' from generate_series(1, 3)
                union all
                select '00000000-0000-0000-0000-00000000000a', 'timeline', n::text from generate_series(1, 50000) as n
                """);
        sync("partial");
        assertThat(rows("automation.scanned_id")).isZero();
    }

    @Test
    void whenTooManyRowsAreMissingNoneIsMarkedDeleted() throws Exception {
        sync("full");
        database.update("""
                insert into gazelle_pianos (external_id, make, content_hash)
                select 'ins_gone' || n, 'Disparue', '\\x00' from generate_series(1, 40) as n
                """);
        assertThatThrownBy(() -> sync("partial"))
                .isInstanceOfSatisfying(
                        JobFailedException.class,
                        e -> assertThat(e.error().errorClass()).isEqualTo("GAZELLE_MASS_LOSS"));
        assertThat(rows("gazelle_pianos where deleted_at is not null")).isZero();
    }

    @Test
    void rejectedRowsAreQuarantinedAndTheRestIsStored() throws Exception {
        var tooLong = gazelle.records()
                .create(
                        RecordCollection.CLIENTS,
                        Map.of("companyName", "Langue longue", "locale", "une-langue-bien-trop-longue"));
        var orphan = gazelle.records()
                .create(RecordCollection.PIANOS, Map.of("clientId", tooLong.get("id"), "make", "Orpheline"));
        var nul = gazelle.records()
                .create(RecordCollection.TIMELINE, Map.of("clientId", tooLong.get("id"), "comment", "avec\u0000nul"));
        try {
            var result = sync("full");
            assertThat(result.details()).containsEntry("quarantined", 2L);
            assertThat(rows("gazelle_clients")).isEqualTo(total(RecordCollection.CLIENTS) - 1);
            assertThat(rows("gazelle_pianos")).isEqualTo(total(RecordCollection.PIANOS) - 1);
            // PostgreSQL cannot store NUL; the note is stored without it.
            assertThat(rows("gazelle_timeline_entries where description = 'avecnul'"))
                    .isEqualTo(1);
            assertThat(value("select reason from automation.quarantine where external_id = $1", tooLong.get("id")))
                    .contains("22001");
            assertThat(value("select reason from automation.quarantine where external_id = $1", orphan.get("id")))
                    .contains("23503");
            gazelle.records().edit(RecordCollection.CLIENTS, (String) tooLong.get("id"), Map.of("locale", "fr_CA"));
            gazelle.records().delete(RecordCollection.TIMELINE, (String) nul.get("id"));
            sync("full");
            assertThat(rows("automation.quarantine where entity in ('clients', 'pianos')"))
                    .isZero();
            assertThat(rows("gazelle_pianos")).isEqualTo(total(RecordCollection.PIANOS));
        } finally {
            gazelle.records().delete(RecordCollection.PIANOS, (String) orphan.get("id"));
            gazelle.records().delete(RecordCollection.TIMELINE, (String) nul.get("id"));
            gazelle.records().delete(RecordCollection.CLIENTS, (String) tooLong.get("id"));
        }
    }

    @Test
    void aCatalogueRowIsMatchedByItsCodeAndKeepsIt() throws Exception {
        var service = gazelle.records().all(RecordCollection.SERVICES).getFirst();
        database.update(
                "insert into produits_catalogue (code_produit, nom) values ($1, 'à la main')",
                "GAZ-" + service.get("id"));
        sync("full");
        assertThat(rows("produits_catalogue")).isEqualTo(total(RecordCollection.SERVICES));
        assertThat(value(
                        "select gazelle_product_id || '|' || prix_unitaire from produits_catalogue where code_produit = $1",
                        "GAZ-" + service.get("id")))
                .isEqualTo(service.get("id") + "|195.01");
    }

    private Map<String, Long> written(JobResult result) {
        var written = new HashMap<String, Long>();
        result.counts()
                .forEach((entity, counts) -> List.of("inserted", "updated", "deleted", "quarantined")
                        .forEach(word -> {
                            if (counts.get(word) > 0) {
                                written.put(entity + " " + word, counts.get(word));
                            }
                        }));
        return written;
    }

    private long total(RecordCollection collection) {
        return gazelle.records().all(collection).size();
    }

    private JobResult sync(String mode) throws JobFailedException, InterruptedException {
        return runs.sync(mode);
    }

    private long rows(String from) {
        return runs.countRows(from);
    }

    private String value(String sql, Object parameter) {
        return runs.value(sql, parameter);
    }

    private List<String> rowVersions() {
        return TABLES.stream()
                .flatMap(table -> database
                        .list(
                                "select xmin::text || ctid::text from " + table + " order by ctid",
                                row -> table + row.getString(0))
                        .stream())
                .toList();
    }
}
