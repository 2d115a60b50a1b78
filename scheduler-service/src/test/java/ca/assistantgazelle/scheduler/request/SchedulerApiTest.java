package ca.assistantgazelle.scheduler.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.LifecycleFixture;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class SchedulerApiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String RUN = "/api/scheduler/run/sync_gazelle_2h";

    @Inject
    Database database;

    @BeforeEach
    void noOpenRuns() {
        database.update("update automation.run set status = 'error' where status in ('queued', 'running')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/scheduler/status",
                "/api/scheduler/runs",
                "/api/scheduler/logs/sync_gazelle_2h",
                "/nowhere",
                "/"
            })
    void requestsWithoutAValidTokenAreRejected(String path) {
        given().get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("detail", containsString("Bearer"));
        given().header("Authorization", "Bearer unknown").get(path).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics"})
    void probesAndMetricsNeedNoToken(String path) {
        await().atMost(TIMEOUT).until(() -> given().get(path).statusCode() == 200);
    }

    @Test
    void aViewerMayReadButNotRun() {
        as("viewer").get("/api/scheduler/status").then().statusCode(200);
        as("viewer").post(RUN).then().statusCode(403);
    }

    @Test
    void aRunIsAcceptedWrittenAndPublished() throws Exception {
        var runId = run("{\"mode\": \"full\"}")
                .statusCode(202)
                .body("status", equalTo("queued"))
                .body("job_name", equalTo("sync_gazelle_2h"))
                .extract()
                .<String>path("run_id");
        await().atMost(TIMEOUT).until(() -> triggers(runId).size() == 1);
        var message = triggers(runId).getFirst();
        assertThat(message.attempt()).isEqualTo(1);
        assertThat(message.parameters()).containsEntry("mode", "full");
        assertThat(message.notAfter()).isEqualTo(message.scheduledFor().plus(Duration.ofHours(2)));
        as("viewer")
                .get("/api/scheduler/runs/" + runId)
                .then()
                .statusCode(200)
                .body("requested_by", equalTo("test-operator"))
                .body("parameters.mode", equalTo("full"))
                .body("attempts", hasSize(0));
        var id = UUID.fromString(runId);
        LifecycleFixture.publish(
                LifecycleFixture.event(id, 1, 3, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(id, 1, 3, 3, LifecycleEventType.SUCCEEDED));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> as("viewer")
                        .get("/api/scheduler/runs/" + runId)
                        .then()
                        .body("status", equalTo("success"))
                        .body("attempts", hasSize(1))
                        .body("log_tail", hasItem("line")));
        as("viewer")
                .get("/api/scheduler/logs/sync_gazelle_2h?limit=1")
                .then()
                .statusCode(200)
                .body("$", hasSize(1))
                .body("[0].job_name", equalTo("sync_gazelle_2h"));
        as("viewer")
                .get("/api/scheduler/runs?job=sync_gazelle_2h&status=success&limit=500")
                .then()
                .body("run_id", hasItem(runId));
    }

    @Test
    void aSecondRunIsRefusedNamingTheOpenOne() {
        var first = run("").statusCode(202).extract().<String>path("run_id");
        run("").statusCode(409).body("running_run_id", equalTo(first));
    }

    @Test
    void concurrentRequestsOpenExactlyOneRun() throws Exception {
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Integer> request = () -> as("operator").post(RUN).statusCode();
            for (var answer : threads.invokeAll(
                    List.of(request, request, request, request, request, request, request, request))) {
                statuses.add(answer.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(202);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void anUnknownJobIsRefusedNamingTheKnownOnes() {
        as("operator")
                .post("/api/scheduler/run/tuning")
                .then()
                .statusCode(404)
                .body("known_jobs", hasItem("sync_gazelle_2h"))
                .body("detail", containsString("backup_supabase_daily"));
        as("viewer").get("/api/scheduler/logs/tuning").then().statusCode(404);
        as("viewer").get("/api/scheduler/runs?job=tuning").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mode\": \"half\"}", "{\"mode\": 7}", "{\"mode\": null}", "{\"mode\": [\"full\"]}"})
    void anIllTypedParameterIsNamed(String body) {
        run(body).statusCode(400).body("parameter", equalTo("mode")).body("detail", containsString("partial, full"));
    }

    @Test
    void anUnknownParameterIsNamed() {
        run("{\"speed\": \"fast\"}")
                .statusCode(400)
                .body("parameter", equalTo("speed"))
                .body("detail", containsString("[mode, recompute_notes]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"full\"",
                "{\"mode\": \"full\"} trailing",
                "{\"mode\": \"full\", \"mode\": \"partial\"}"
            })
    void aBodyThatIsNotAJsonObjectIsRefused(String body) {
        run(body).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        as("operator")
                .contentType("text/plain")
                .body("mode=full")
                .post(RUN)
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=many",
                "limit=100000",
                "status=done",
                "stauts=error",
                "from=yesterday",
                "to=2026-13-01"
            })
    void anInvalidFilterIsRefusedByName(String query) {
        as("viewer")
                .get("/api/scheduler/runs?" + query)
                .then()
                .statusCode(400)
                .body("parameter", equalTo(query.substring(0, query.indexOf('='))));
    }

    @Test
    void anUnknownRunIsNotFoundAndABrokenIdIsRefused() {
        as("viewer").get("/api/scheduler/runs/" + UUID.randomUUID()).then().statusCode(404);
        as("viewer").get("/api/scheduler/runs/not-a-uuid").then().statusCode(400);
    }

    @Test
    void theStatusNamesZoneAndEveryJob() {
        as("viewer")
                .get("/api/scheduler/status")
                .then()
                .statusCode(200)
                .body("environment", equalTo("local"))
                .body("enabled", equalTo(false))
                .body("zone", equalTo("America/Toronto"))
                .body("tzdb_version", containsString("20"))
                .body("jobs", hasSize(5))
                .body("jobs[0].next_run_at", nullValue());
    }

    @Test
    void aTriggerNotAcceptedInTimeExpires() {
        var runId = run("").statusCode(202).extract().<String>path("run_id");
        database.update(
                "update automation.run set useful_until = now() - interval '1 second' where run_id = $1",
                UUID.fromString(runId));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> as("viewer")
                        .get("/api/scheduler/runs/" + runId)
                        .then()
                        .body("status", equalTo("error"))
                        .body("disposition", equalTo("EXPIRED")));
        run("").statusCode(202);
    }

    @Test
    void anAttemptWithAnExpiredLeaseIsLostAndRetried() {
        var runId = run("").statusCode(202).extract().<String>path("run_id");
        database.update("""
        insert into automation.inbox (run_id, attempt, worker, job, trigger, state, claimed_by, fence, lease_until, sequence, started_at)
        values ($1, 1, 'sync', 'sync_gazelle_2h', '{}', 'running', 'dead worker', 42, now() - interval '1 second', 2, now())
        """, UUID.fromString(runId));
        await().atMost(TIMEOUT).until(() -> triggers(runId).stream().anyMatch(trigger -> trigger.attempt() == 2));
        assertThat(database.first(
                        "select state from automation.inbox where run_id = $1",
                        row -> row.getString(0),
                        UUID.fromString(runId)))
                .contains("lost");
        as("viewer")
                .get("/api/scheduler/logs/sync_gazelle_2h?limit=500")
                .then()
                .body(
                        "findAll { it.details.run_id == '" + runId + "' }.error_message",
                        hasItem(containsString("LOST: The worker dead worker")));
    }

    private static List<TriggerEvent> triggers(String runId) {
        return TestTopicClient.readAll("jobs.trigger.sync.v1").stream()
                .filter(message -> runId.equals(message.key()))
                .peek(message -> assertThat(new String(
                                message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                        .isEqualTo(TriggerEvent.TYPE))
                .map(message -> EventJson.read(message.value(), TriggerEvent.class))
                .toList();
    }

    private static ValidatableResponse run(String body) {
        return as("operator")
                .contentType("application/json")
                .body(body)
                .post(RUN)
                .then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + role);
    }
}
