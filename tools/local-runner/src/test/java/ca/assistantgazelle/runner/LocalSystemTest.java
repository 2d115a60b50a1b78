package ca.assistantgazelle.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged system, started from the command line, with processes killed while jobs run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalSystemTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String SYNC = "/api/scheduler/run/sync_gazelle_2h";

    private static LocalSystemFixture system;

    @BeforeAll
    static void up() throws Exception {
        system = LocalSystemFixture.up();
    }

    @AfterAll
    static void down() throws Exception {
        system.down();
        assertThat(system.survivingProcesses()).isEmpty();
    }

    @Test
    @Order(1)
    void upRunsTheSyncAndReportsIt() {
        assertThat(system.output()).contains("sync_gazelle_2h: success").contains("Gazelle Automation is running: ");
    }

    @Test
    @Order(1)
    void theReportIsInTheSheetAndCanBeAppendedOrRefreshed() throws Exception {
        assertThat(system.output()).contains("timeline_report_daily: success", "The report is at http");
        var page = system.sheetPage();
        assertThat(page).contains("UQAM", "Vincent", "Place des Arts", "Alertes Maintenance", "MesureHumidite");
        var accepted = system.post("/api/reports/timeline/generate?full_refresh=false", "");
        var appended = system.awaitEnd(accepted);
        assertThat(appended.path("status").asText())
                .as(appended.path("error").toString())
                .isEqualTo("success");
        var generated = system.post("/api/reports/timeline/generate?full_refresh=true&wait=true", "");
        assertThat(generated.get("append").isBoolean()).isTrue();
        assertThat(generated.get("append").asBoolean()).isFalse();
        assertThat(generated.path("counts").path("UQAM").path("total").asInt()).isPositive();
        assertThat(generated.path("counts").path("UQAM").get("added").asInt()).isZero();
    }

    @Test
    @Order(2)
    void everyTableHasAsManyRowsAsGazelleHasRecords() throws Exception {
        var totals = system.control("GET", "totals", "");
        var tables = Map.of(
                "users",
                "users",
                "services",
                "produits_catalogue",
                "clients",
                "gazelle_clients",
                "contacts",
                "gazelle_contacts",
                "pianos",
                "gazelle_pianos",
                "events",
                "gazelle_appointments",
                "timeline",
                "gazelle_timeline_entries");
        for (var table : tables.entrySet()) {
            assertThat(system.count("select count(*) from " + table.getValue()))
                    .as(table.getValue())
                    .isEqualTo(totals.path(table.getKey()).asLong());
        }
    }

    @Test
    @Order(3)
    void theShellEnvironmentIsIgnored() throws Exception {
        assertThat(system.environmentOf("sync-service"))
                .contains("PGHOST=127.0.0.1")
                .noneMatch(entry -> entry.contains("hostile"));
    }

    @Test
    @Order(4)
    void aSecondFullRunWritesNoRow() throws Exception {
        var before = system.rowVersions();
        assertThat(system.awaitEnd(system.post(SYNC, "{\"mode\": \"full\"}"))
                        .path("status")
                        .asText())
                .isEqualTo("success");
        assertThat(system.rowVersions()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aPartialSyncStoresAnEditAnInsertionAndANote() throws Exception {
        var client = system.control("GET", "clients", "").path(3).path("id").asText();
        system.control("PATCH", "clients/" + client, "{\"companyName\": \"Nom changé\"}");
        var piano = system.control("POST", "pianos", "{\"clientId\": \"" + client + "\", \"make\": \"Neuve\"}")
                .path("id")
                .asText();
        system.control(
                "POST",
                "timeline",
                "{\"clientId\": \""
                        + client
                        + "\", \"pianoId\": \""
                        + piano
                        + "\", \"type\": \"SERVICE_ENTRY_MANUAL\", \"comment\": \"Accord\"}");
        var counts =
                system.awaitEnd(system.post(SYNC, "{\"mode\": \"partial\"}")).path("counts");
        assertThat(counts.path("clients").path("updated").asInt()).isEqualTo(1);
        assertThat(counts.path("pianos").path("inserted").asInt()).isEqualTo(1);
        assertThat(counts.path("timeline").path("inserted").asInt()).isEqualTo(1);
        assertThat(sum(counts, "inserted") + sum(counts, "updated") + sum(counts, "deleted"))
                .isEqualTo(3);
    }

    @Test
    @Order(6)
    void theLogHasTheSpecifiedColumns() throws Exception {
        var row = system.get("/api/scheduler/logs/sync_gazelle_2h?limit=1").path(0);
        assertThat(row.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "id",
                        "job_name",
                        "status",
                        "started_at",
                        "completed_at",
                        "duration_seconds",
                        "error_message",
                        "details");
        assertThat(row.path("status").asText()).isEqualTo("success");
    }

    @Test
    @Order(7)
    void theBackupIsVerifiedAtBothDestinationsAndItsRestoreIsTested() throws Exception {
        var run = system.awaitEnd(system.post("/api/scheduler/run/backup_supabase_daily", "{\"drill\": true}"));
        assertThat(run.path("error").toString()).isEqualTo("null");
        assertThat(run.path("status").asText()).isEqualTo("success");
        var details = run.path("attempts").path(0).path("details");
        assertThat(details.path("state").asText()).isEqualTo("VERIFIED");
        assertThat(details.path("drill").asText()).isEqualTo("equal");
        assertThat(details.path("destinations")).hasSize(2);
    }

    @Test
    @Order(7)
    void localAlertsAreComputedButNotSent() throws Exception {
        var run = system.awaitEnd(system.post("/alertes-rv/send", "{\"triggered_by\": \"essai\"}"));
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(run.path("attempts")
                        .path(0)
                        .path("details")
                        .path("alerts_mode")
                        .asText())
                .isEqualTo("off");
        assertThat(system.get("/alertes-rv/check").path("total_appointments").isNumber())
                .isTrue();
        assertThat(system.mailboxMessages()).isEqualTo("[]");
    }

    @Test
    @Order(8)
    void aKilledWorkerCostsOneAttemptOnly() throws Exception {
        system.control("PUT", "faults", "{\"latency_millis\": 400}");
        var runId = system.post(SYNC, "{\"mode\": \"full\"}").path("run_id").asText();
        await().atMost(TIMEOUT)
                .until(() -> system.run(runId).path("progress").path("entities").size() > 0);
        system.kill("sync-service");
        system.control("DELETE", "faults", "");
        var run = system.awaitEnd(runId);
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(run.path("attempt").asInt()).isEqualTo(2);
        assertThat(system.logs(runId)).containsExactly("error LOST", "success");
        assertThat(system.count("select count(*) from gazelle_clients"))
                .isEqualTo(system.control("GET", "totals", "").path("clients").asLong());
    }

    /** Starts a backup that blocks on a table locked by the given connection; returns its run id. */
    private String blockedBackup(Connection holder) throws Exception {
        holder.setAutoCommit(false);
        try (var statement = holder.createStatement()) {
            statement.execute("lock table public.produits_catalogue in access exclusive mode");
        }
        var runId = system.post("/api/scheduler/run/backup_supabase_daily", "")
                .path("run_id")
                .asText();
        await().atMost(TIMEOUT).until(() -> waitingDumps() > 0);
        return runId;
    }

    private long waitingDumps() throws Exception {
        return system.count(
                "select count(*) from pg_stat_activity where application_name like 'gz-backup%' and wait_event_type = 'Lock'");
    }

    @Test
    @Order(8)
    void aKilledBackupLeavesNoBackupAndTheNextOneSucceeds() throws Exception {
        long before = system.countManifests();
        try (var holder = system.database()) {
            var runId = blockedBackup(holder);
            system.kill("backup-service");
            var run = system.awaitEnd(runId);
            assertThat(run.path("status").asText()).isEqualTo("error");
            assertThat(system.logs(runId)).containsExactly("error LOST");
        }
        assertThat(system.countManifests()).isEqualTo(before);
        system.awaitReady("backup-service");
        var next = system.awaitEnd(system.post("/api/scheduler/run/backup_supabase_daily", ""));
        assertThat(next.path("status").asText())
                .as(next.path("error").toString())
                .isEqualTo("success");
        assertThat(system.countManifests()).isEqualTo(before + 1);
    }

    @Test
    @Order(8)
    void aBackupWhoseLeaseExpiredPublishesNothing() throws Exception {
        long before = system.countManifests();
        String runId;
        try (var holder = system.database()) {
            runId = blockedBackup(holder);
            system.suspend("backup-service");
            assertThat(system.awaitEnd(runId).path("status").asText()).isEqualTo("error");
        }
        system.resume("backup-service");
        system.awaitReady("backup-service");
        var next = system.awaitEnd(system.post("/api/scheduler/run/backup_supabase_daily", ""));
        assertThat(next.path("status").asText())
                .as(next.path("error").toString())
                .isEqualTo("success");
        assertThat(system.countManifests()).isEqualTo(before + 1);
        assertThat(system.logs(runId)).containsExactly("error LOST");
    }

    @Test
    @Order(8)
    void aCancelledBackupAndItsSessionsEndSoon() throws Exception {
        long before = system.countManifests();
        try (var holder = system.database()) {
            var runId = blockedBackup(holder);
            system.post("/api/scheduler/runs/" + runId + "/cancel", "");
            assertThat(system.awaitEnd(runId).path("status").asText()).isEqualTo("cancelled");
            assertThat(waitingDumps()).isZero();
        }
        assertThat(system.countManifests()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void backupsAreListedAndRestoredByCommand() throws Exception {
        var listed = system.backup("list");
        assertThat(listed.output()).contains("VERIFIED", "file://", "s3://sauvegardes/local", "L3");
        assertThat(system.backup("restore", "--dry-run").exitCode()).isZero();
        var restored = system.backup("restore");
        assertThat(restored.exitCode()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("is equal to backup", "neutralised");
        assertThat(system.count("select count(*) from pg_database where datname like 'restore_%'"))
                .isEqualTo(1);
    }

    @Test
    @Order(9)
    void aKilledSchedulerLosesNothing() throws Exception {
        system.control("PUT", "faults", "{\"latency_millis\": 200}");
        var runId = system.post(SYNC, "{\"mode\": \"full\"}").path("run_id").asText();
        await().atMost(TIMEOUT)
                .until(() -> system.run(runId).path("status").asText().equals("running"));
        system.kill("scheduler-service");
        system.control("DELETE", "faults", "");
        system.awaitReady("scheduler-service");
        var run = system.awaitEnd(runId);
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(system.logs(runId)).containsExactly("success");
    }

    @Test
    @Order(10)
    void aStoppingWorkerHandsOverWithoutUsingUpAnAttempt() throws Exception {
        system.control("PUT", "faults", "{\"latency_millis\": 3000}");
        var runId = system.post(SYNC, "{\"mode\": \"full\"}").path("run_id").asText();
        await().atMost(TIMEOUT)
                .until(() -> system.run(runId).path("status").asText().equals("running"));
        long stopping = system.pid("sync-service");
        system.terminate("sync-service");
        // Slow until the worker has gone: its drain time must not be enough to finish.
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> system.pid("sync-service") != stopping);
        system.control("DELETE", "faults", "");
        var run = system.awaitEnd(runId);
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
        assertThat(system.logs(runId)).containsExactly("error INTERRUPTED", "success");
    }

    @Test
    @Order(10)
    void aStalledDatabaseCostsNoAttempt() throws Exception {
        system.control("PUT", "faults", "{\"latency_millis\": 400}");
        var runId = system.post(SYNC, "{\"mode\": \"full\"}").path("run_id").asText();
        await().atMost(TIMEOUT)
                .until(() -> system.run(runId).path("status").asText().equals("running"));
        // Longer than a lease.
        system.suspendDatabase(Duration.ofSeconds(10));
        system.control("DELETE", "faults", "");
        var run = system.awaitEnd(runId);
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
        assertThat(system.logs(runId)).containsExactly("success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"too_many_requests", "truncated", "bad_gateway", "disconnected"})
    @Order(11)
    void aTransientGazelleFaultIsRetried(String fault) throws Exception {
        system.control("PUT", "faults", "{\"fault\": \"" + fault + "\", \"after\": 3, \"times\": 2}");
        var run = system.awaitEnd(system.post(SYNC, ""));
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    @Order(11)
    void aRefusedGazelleKeyEndsTheRunWithItsOwnError() throws Exception {
        system.control("PUT", "faults", "{\"fault\": \"unauthorized\", \"times\": 1000}");
        var run = system.awaitEnd(system.post(SYNC, ""));
        assertThat(run.path("status").asText()).isEqualTo("error");
        assertThat(run.path("error").path("class").asText()).isEqualTo("GAZELLE_TOKEN_REFUSED");
        assertThat(run.path("error").path("suggestion").asText()).isNotBlank();
        system.control("DELETE", "faults", "");
    }

    @Test
    @Order(12)
    void theCommandLineRunsAJobAndFollowsItToItsEnd() throws Exception {
        // Long enough to be seen running.
        system.control("PUT", "faults", "{\"latency_millis\": 200}");
        var run = CliInvocation.execute(system.gateway(), "run", "sync_gazelle_2h", "-p", "mode=full", "--wait");
        system.control("DELETE", "faults", "");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("running").contains("success").contains("clients");
        var shown = CliInvocation.execute(system.gateway(), "show", "sync_gazelle_2h", "--json");
        var document = LocalSystemFixture.json(shown.out());
        assertThat(document.path("parameters").path("mode").asText()).isEqualTo("full");
        assertThat(run.out()).contains(document.path("run_id").asText());
        assertThat(CliInvocation.execute(system.gateway(), "runs", "--job", "sync_gazelle_2h", "--limit", "1")
                        .out())
                .contains(document.path("run_id").asText());
        assertThat(CliInvocation.execute(system.gateway(), "logs", "sync_gazelle_2h", "--limit", "1")
                        .out())
                .contains("success");
        assertThat(CliInvocation.execute(system.gateway(), "jobs").out())
                .contains("sync_gazelle_2h")
                .contains("backup_supabase_daily");
        assertThat(LocalSystemFixture.json(CliInvocation.execute(system.gateway(), "status", "--json")
                                .out())
                        .path("jobs"))
                .hasSize(5);
    }

    @Test
    @Order(12)
    void aDryRunValidatesLikeARunAndRunsNothing() throws Exception {
        long before = system.count("select count(*) from automation.run");
        var dry = CliInvocation.execute(system.gateway(), "run", "sync_gazelle_2h", "-p", "mode=full", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("Nothing was run");
        var wrong = CliInvocation.execute(system.gateway(), "run", "sync_gazelle_2h", "-p", "mode=half", "--dry-run");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("mode");
        assertThat(system.count("select count(*) from automation.run")).isEqualTo(before);
        assertThat(system.statusOf("POST", SYNC + "?dryrun=true", "", Map.of()))
                .as("a misspelt query parameter must not run the job")
                .isEqualTo(400);
    }

    @Test
    @Order(12)
    void theExitCodeReflectsTheOutcome() throws Exception {
        assertThat(CliInvocation.execute(system.gateway(), "run", "tuning").exitCode())
                .isEqualTo(5);
        assertThat(CliInvocation.execute("http://127.0.0.1:1", "jobs").exitCode())
                .isEqualTo(3);
        assertThat(CliInvocation.execute(system.gateway(), "show", "?!").exitCode())
                .isEqualTo(2);
        assertThat(CliInvocation.execute(system.scheduler(), "jobs").exitCode()).isEqualTo(4);
        assertThat(CliInvocation.execute(system.gateway(), "run", "timeline_report_daily", "--wait")
                        .exitCode())
                .isEqualTo(1);
        system.control("PUT", "faults", "{\"latency_millis\": 400}");
        var first = system.post(SYNC, "");
        var second = CliInvocation.execute(system.gateway(), "run", "sync_gazelle_2h");
        assertThat(second.exitCode()).isEqualTo(6);
        assertThat(second.err()).contains(first.path("run_id").asText());
        system.control("DELETE", "faults", "");
        system.awaitEnd(first.path("run_id").asText());
    }

    @Test
    @Order(12)
    void theGatewayServesOnlyThisMachine() throws Exception {
        assertThat(system.statusOf("GET", "/api/scheduler/status", "", Map.of()))
                .isEqualTo(200);
        assertThat(system.statusOf("GET", "/api/scheduler/status", "", Map.of("Host", "evil.example.com")))
                .isEqualTo(403);
        assertThat(system.statusOf("GET", "/api/scheduler/status", "", Map.of("Origin", "https://evil.example.com")))
                .isEqualTo(403);
        assertThat(system.statusOf("GET", "/api/scheduler/status", "", Map.of("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(403);
        assertThat(system.statusOf("POST", SYNC, "mode=full", Map.of("Content-Type", "text/plain")))
                .isEqualTo(415);
        assertThat(system.statusOf("GET", "/q/health", "", Map.of())).isEqualTo(404);
        assertThat(system.statusOf("GET", "/%71/metrics", "", Map.of())).isEqualTo(404);
        assertThat(system.statusOf("GET", "/api/../q/metrics", "", Map.of())).isEqualTo(404);
        assertThat(system.statusOf("POST", "/api/scheduler/run/tuning", "", Map.of()))
                .isEqualTo(404);
    }

    @Test
    @Order(13)
    void aSecondUpWhileItRunsChangesNothing() throws Exception {
        assertThat(system.gazelle("up").output()).contains("The system is already running");
        assertThat(system.gazelle("status").output())
                .contains("sync-service")
                .contains("ready")
                .doesNotContain("NOT READY");
        assertThat(system.gazelle("logs", "sync-service").output()).contains("Initialized: ");
        assertThat(system.gazelle("logs", "violin").exitCode()).isEqualTo(5);
    }

    @Test
    @Order(14)
    void aPortInUseIsReportedWithARemedy() throws Exception {
        try (var other = LocalSystemFixture.prepare()) {
            other.occupyPort("KAFKA");
            var result = other.gazelle("up");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("(kafka) is already in use").contains("PORT_KAFKA=");
            assertThat(result.output().lines().count()).isEqualTo(1);
        }
    }

    @Test
    @Order(15)
    void invalidOptionsAreRefusedInOneLine() throws Exception {
        try (var other = LocalSystemFixture.prepare()) {
            assertThat(other.gazelle("up", "--env", "prod").output()).contains("--env is 'prod'");
            assertThat(other.gazelle("up", "--sample", "huge").output()).contains("--sample is 'huge'");
            assertThat(other.gazelle("completion").output())
                    .contains("_picocli_gazelle")
                    .contains("simulate")
                    .contains("keygen")
                    .contains("runs");
            assertThat(other.gazelle("status", "--json").output()).contains("\"running\": false");
            assertThat(other.gazelle("down").output()).contains("Nothing is running");
            assertThat(other.awaitNoProcesses(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long sum(JsonNode counts, String word) {
        long sum = 0;
        for (var entity : counts) {
            sum += entity.path(word).asLong();
        }
        return sum;
    }
}
