package ca.assistantgazelle.scheduler.supervision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.LifecycleFixture;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No run stays open when the broker loses what its worker reported. */
@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class OutcomeReconcilerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    Database database;

    @AfterEach
    void endRuns() {
        database.update(
                "update automation.run set status = 'cancelled', finished_at = now() where status in ('queued', 'running')");
    }

    @Test
    void anOutcomeThatTheBrokerLostIsPublishedAgain() {
        var run = insertRun("running", "done");
        insertSentEvent(LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, "success");
    }

    @Test
    void aRunWhoseOutcomeIsNowhereIsClosedAndReported() {
        var run = insertRun("running", "lost");
        awaitStatus(run, "error");
        assertThat(error(run)).isEqualTo("OUTCOME_LOST");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(published(run))
                        .extracting(LifecycleEvent::event)
                        .containsExactly(LifecycleEventType.RUN_FAILED));
        runs("sync_gazelle_2h").statusCode(202);
    }

    @Test
    void eventsOfAJobThatOnlyAnotherCatalogueHasAreStored() throws Exception {
        var run = insertRun("running", "running");
        database.update("update automation.run set job = 'tuning_daily' where run_id = $1", run);
        var event = LifecycleFixture.event(run, 1, 7, 4, LifecycleEventType.SUCCEEDED);
        TestTopicClient.send(
                LifecycleFixture.TOPIC,
                run.toString(),
                EventJson.write(event)
                        .replace("sync_gazelle_2h", "tuning_daily")
                        .getBytes(StandardCharsets.UTF_8),
                Map.of(EventHeaders.TYPE, LifecycleEvent.TYPE));
        awaitStatus(run, "success");
    }

    @Test
    void anAttemptThatIsStillRunningIsLeftAlone() {
        var silent = insertRun("running", "lost");
        var running = insertRun("running", "running");
        awaitStatus(silent, "error");
        assertThat(status(running)).isEqualTo("running");
    }

    @Test
    void aTriggerThatTheBrokerLostIsPublishedAgain() {
        var run = insertRun("queued", null);
        database.update("""
                insert into automation.outbox (source, topic, key, headers, payload, sent_at)
                values ('scheduler-service', 'jobs.trigger.sync.v1', $1, '{}', '{"lost":true}', now() - interval '1 hour')
                """, run.toString());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(TestTopicClient.readAll("jobs.trigger.sync.v1"))
                        .filteredOn(message -> run.toString().equals(message.key()))
                        .hasSize(1));
        assertThat(status(run)).isEqualTo("queued");
    }

    @Test
    void cancellingARunWhoseAttemptHasEndedEndsIt() {
        var run = insertRun("running", "done");
        database.update("update automation.inbox set finished_at = now() where run_id = $1", run);
        as("operator")
                .contentType("application/json")
                .post("/api/scheduler/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        assertThat(status(run)).isEqualTo("cancelled");
    }

    private UUID insertRun(String status, String inboxState) {
        var run = UUID.randomUUID();
        database.update("""
                insert into automation.run (run_id, job, cause, scheduled_for, status, attempt, max_attempts, created_at, started_at,
                  useful_until, parameters)
                values ($1, 'sync_gazelle_2h', 'MANUAL', now() - interval '1 hour', $2, 1, 3, now() - interval '1 hour',
                  case when $2 = 'running' then now() - interval '1 hour' end, now() + interval '1 hour', '{}')
                """, run, status);
        if (inboxState != null) {
            database.update("""
                    insert into automation.inbox (run_id, attempt, worker, job, trigger, state, fence, lease_until, sequence,
                      accepted_at, started_at, finished_at)
                    values ($1, 1, 'sync', 'sync_gazelle_2h', '{}', $2, 7, now() + interval '1 hour', 3, now() - interval '1 hour',
                      now() - interval '1 hour', case when $2 in ('done', 'lost') then now() - interval '10 minutes' end)
                    """, run, inboxState);
        }
        return run;
    }

    private void insertSentEvent(LifecycleEvent event) {
        database.update(
                """
                insert into automation.outbox (source, topic, key, headers, payload, sent_at)
                values ('sync-service', 'jobs.lifecycle.v1', $1, $2::text::jsonb, $3, now() - interval '10 minutes')
                """,
                event.runId().toString(),
                EventJson.write(
                        EventHeaders.of(event.eventId(), "/test", LifecycleEvent.TYPE, event.job(), event.at(), null)),
                EventJson.write(event));
    }

    private void awaitStatus(UUID run, String status) {
        await().atMost(TIMEOUT).until(() -> status.equals(status(run)));
    }

    private String status(UUID run) {
        return database.first("select status from automation.run where run_id = $1", row -> row.getString(0), run)
                .orElseThrow();
    }

    private String error(UUID run) {
        return database.first(
                        "select error ->> 'class' as class from automation.run where run_id = $1",
                        row -> row.getString("class"),
                        run)
                .orElseThrow();
    }

    private static List<LifecycleEvent> published(UUID run) {
        return TestTopicClient.readAll("jobs.lifecycle.v1").stream()
                .filter(message -> run.toString().equals(message.key()))
                .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
                .toList();
    }

    private static io.restassured.response.ValidatableResponse runs(String job) {
        return as("operator")
                .contentType("application/json")
                .body("")
                .post("/api/scheduler/run/" + job)
                .then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + role);
    }
}
