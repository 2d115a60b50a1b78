package ca.assistantgazelle.scheduler.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.LifecycleFixture;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pause, preview, cancel and retry over HTTP. */
@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class PlanningApiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String JOBS = "/api/scheduler/jobs/sync_gazelle_2h";

    @Inject
    Database database;

    @BeforeEach
    void noOpenRunsAndNoPauses() {
        database.update(
                "update automation.run set status = 'error' where status in ('queued', 'running', 'waiting_retry')");
        database.update("update automation.job_state set paused_at = null");
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + role);
    }

    private static ValidatableResponse preview(String query) {
        return as("viewer").get("/api/scheduler/preview?" + query).then();
    }

    @Test
    void thePreviewShowsAFireShiftedByTheClockChange() {
        preview("job=timeline_report_daily&from=2026-03-07&to=2026-03-10&env=production")
                .statusCode(200)
                .body("job", equalTo("timeline_report_daily"))
                .body("zone", equalTo("America/Toronto"))
                .body("fires", hasSize(3))
                .body("fires[1].nominal", equalTo("2026-03-08T02:00"))
                .body("fires[1].at", equalTo("2026-03-08T07:00:00Z"))
                .body("fires[1].note", equalTo("GAP_SHIFTED"))
                .body("fires[2].note", nullValue());
    }

    @Test
    void nothingIsPlannedInTheLocalEnvironment() {
        preview("job=timeline_report_daily&from=2026-03-07&to=2026-03-10")
                .statusCode(200)
                .body("fires", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job=sync_gazelle_2h&from=2026-01-01&to=2036-01-01 | 1100",
                "job=sync_gazelle_2h&from=2026-01-02&to=2026-01-01 | 1 to",
                "job=sync_gazelle_2h&from=today&to=2026-01-01 | a date such as",
                "job=sync_gazelle_2h&from=2026-01-01 | 'to'",
                "from=2026-01-01&to=2026-01-02 | sync_gazelle_2h",
                "job=sync_gazelle_2h&from=2026-01-01&to=2026-01-02&env=prod | local, staging or production",
                "job=sync_gazelle_2h&from=2026-01-01&to=2026-01-02&zone=UTC | Unknown parameter"
            })
    void anInvalidPreviewRequestIsRefused(String query, String said) {
        preview(query).statusCode(400).body("detail", containsString(said));
    }

    @Test
    void anUnknownJobHasNoPreview() {
        preview("job=unknown&from=2026-01-01&to=2026-01-02").statusCode(404);
    }

    @Test
    void pauseAndResumeTakeEffectOnceAndAreAudited() {
        as("operator")
                .contentType("application/json")
                .body("{\"reason\": \"piano move\", \"until\": \"2100-01-01T00:00:00Z\"}")
                .post(JOBS + "/pause")
                .then()
                .statusCode(200)
                .body("paused", is(true))
                .body("paused_by", equalTo("test-operator"))
                .body("until", equalTo("2100-01-01T00:00:00Z"));
        pause("{\"reason\": \"again\"}").statusCode(409);
        as("viewer")
                .get("/api/scheduler/status")
                .then()
                .body("jobs.find { it.job_name == 'sync_gazelle_2h' }.paused", is(true))
                .body("jobs.find { it.job_name == 'sync_gazelle_2h' }.pause.reason", equalTo("piano move"));
        resume("{\"catch_up\": \"last\"}").statusCode(200).body("paused", is(false));
        resume("{}").statusCode(409).body("detail", containsString("not paused"));
        assertThat(database.list(
                        "select action || ' ' || actor from automation.audit where job = 'sync_gazelle_2h' order by id desc limit 2",
                        row -> row.getString(0)))
                .containsExactly("resume test-operator", "pause test-operator");
    }

    private static ValidatableResponse pause(String body) {
        return as("operator")
                .contentType("application/json")
                .body(body)
                .post(JOBS + "/pause")
                .then();
    }

    private static ValidatableResponse resume(String body) {
        return as("operator")
                .contentType("application/json")
                .body(body)
                .post(JOBS + "/resume")
                .then();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\": \"\"}",
                "{\"reason\": 7}",
                "{\"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}",
                "{\"reason\": \"x\", \"until\": 7}",
                "{\"reason\": \"x\", \"colour\": \"blue\"}"
            })
    void anInvalidPauseRequestIsRefused(String body) {
        pause(body).statusCode(400).body("parameter", notNullValue());
    }

    @Test
    void aDryRunChangesNothing() {
        as("operator")
                .contentType("application/json")
                .body("{\"reason\": \"x\"}")
                .post(JOBS + "/pause?dry_run=true")
                .then()
                .statusCode(200)
                .body("dry_run", is(true));
        resume("{}").statusCode(409);
    }

    @Test
    void aViewerMayNotChangeAnything() {
        as("viewer").post(JOBS + "/pause").then().statusCode(403);
        as("viewer").post(JOBS + "/resume").then().statusCode(403);
        as("viewer")
                .post("/api/scheduler/runs/" + UUID.randomUUID() + "/cancel")
                .then()
                .statusCode(403);
    }

    private UUID startRun() {
        return UUID.fromString(as("operator")
                .post("/api/scheduler/run/sync_gazelle_2h")
                .then()
                .statusCode(202)
                .extract()
                .path("run_id"));
    }

    private static ValidatableResponse act(UUID run, String verb) {
        return as("operator").post("/api/scheduler/runs/" + run + "/" + verb).then();
    }

    @Test
    void aRunNotYetStartedIsCancelledAtOnceAndItsTriggerIsVoid() {
        var run = startRun();
        act(run, "cancel").statusCode(202).body("status", equalTo("cancelled"));
        act(run, "cancel").statusCode(409);
        assertThat(database.list("select state from automation.inbox where run_id = $1", row -> row.getString(0), run))
                .containsExactly("done");
        as("viewer")
                .get("/api/scheduler/runs/" + run)
                .then()
                .body("status", equalTo("cancelled"))
                .body("reason", equalTo("cancelled by test-operator"));
    }

    @Test
    void aRunningAttemptIsAskedToStopAndItsWorkerAcknowledges() throws Exception {
        var run = startRun();
        database.update("""
        insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, fence, lease_until, started_at)
        values ($1, 1, 'sync', 'sync_gazelle_2h', '{}', 'running', 2, 7, now() + interval '1 hour', now())
        """, run);
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 2, LifecycleEventType.STARTED));
        awaitStatus(run, "running");
        act(run, "cancel").statusCode(202).body("status", equalTo("running"));
        assertThat(database.list(
                        "select cancel_requested from automation.inbox where run_id = $1",
                        row -> row.getBoolean(0),
                        run))
                .containsExactly(true);
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.CANCELLED));
        awaitStatus(run, "cancelled");
        database.update("update automation.inbox set state = 'done' where run_id = $1", run);
    }

    private static void awaitStatus(UUID run, String status) {
        await().atMost(TIMEOUT)
                .until(() -> as("viewer")
                        .get("/api/scheduler/runs/" + run)
                        .then()
                        .extract()
                        .path("status")
                        .equals(status));
    }

    @Test
    void aRunThatWasGivenUpGetsAFurtherAttempt() throws Exception {
        var run = startRun();
        LifecycleFixture.publish(LifecycleFixture.event(run, 3, 7, 3, LifecycleEventType.FAILED));
        awaitStatus(run, "error");
        act(run, "retry").statusCode(202).body("status", equalTo("queued"));
        act(run, "retry").statusCode(409).body("detail", containsString("queued"));
        LifecycleFixture.publish(LifecycleFixture.event(run, 4, 8, 3, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, "success");
        act(run, "retry").statusCode(409).body("detail", containsString("given up"));
        as("viewer").get("/api/scheduler/runs/" + run).then().body("reason", nullValue());
    }

    @Test
    void anUnknownRunIsNotFound() {
        act(UUID.randomUUID(), "cancel").statusCode(404);
        act(UUID.randomUUID(), "retry").statusCode(404);
        as("operator").post("/api/scheduler/runs/seven/cancel").then().statusCode(400);
    }

    @Test
    void theStatusReportsTheTimeZoneDataVersion() {
        as("viewer")
                .get("/api/scheduler/status")
                .then()
                .body("tzdb_version", notNullValue())
                .body("tzdb_stale", notNullValue());
        given().get("/q/metrics").then().body(containsString("tzdb_stale"));
    }
}
