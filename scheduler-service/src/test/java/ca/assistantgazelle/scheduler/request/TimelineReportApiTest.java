package ca.assistantgazelle.scheduler.request;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.LifecycleFixture;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class TimelineReportApiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String GENERATE = "/api/reports/timeline/generate";

    @Inject
    Database database;

    @BeforeEach
    void noOpenRuns() {
        database.update(
                "update automation.run set status = 'error' where status in ('queued', 'running', 'waiting_retry')");
    }

    @Test
    void theReportEndpointStartsARunWithItsParameters() {
        var runId = as("operator")
                .post(GENERATE + "?full_refresh=true&force=true")
                .then()
                .statusCode(202)
                .body("job_name", equalTo("timeline_report_daily"))
                .extract()
                .<String>path("run_id");
        as("viewer")
                .get("/api/scheduler/runs/" + runId)
                .then()
                .body("parameters.full_refresh", equalTo(true))
                .body("parameters.force", equalTo(true));
        as("operator")
                .post(GENERATE + "?full_refresh=false")
                .then()
                .statusCode(409)
                .body("running_run_id", equalTo(runId));
    }

    @Test
    void aWaitingCallerGetsTheCounts() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> as("operator").post(GENERATE + "?wait=true"));
        var run = openRun();
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 1, 3, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 1, 3, 3, LifecycleEventType.SUCCEEDED));
        answer.get()
                .then()
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("append", equalTo(true))
                .body("counts.clients.fetched", equalTo(3));
    }

    @Test
    void aWaitingCallerGetsTheErrorOfAFailedRun() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> as("operator").post(GENERATE + "?wait=true"));
        var run = openRun();
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 1, 3, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 1, 3, 3, LifecycleEventType.FAILED));
        answer.get()
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("detail", containsString("PLAYED: as played"))
                .body("run_id", equalTo(run.toString()));
    }

    @Test
    void badRequestsAreRefused() {
        as("viewer").post(GENERATE).then().statusCode(403);
        given().post(GENERATE).then().statusCode(401);
        as("operator").post(GENERATE + "?full_refresh=oui").then().statusCode(400);
        as("operator").post(GENERATE + "?fullrefresh=true").then().statusCode(400);
        as("operator").post(GENERATE + "?dry_run=true").then().statusCode(200).body("dry_run", equalTo(true));
    }

    private UUID openRun() {
        return await().atMost(TIMEOUT)
                .until(
                        () -> database.first(
                                "select run_id from automation.run where job = 'timeline_report_daily' and status = 'queued'",
                                row -> row.getUUID(0)),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + role);
    }
}
