package ca.assistantgazelle.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
class WorkerRuntimeTest {
    private static final String TRIGGERS = "jobs.trigger.report.v1";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject
    Database database;

    @Inject
    AttemptExecutor executor;

    @Inject
    KafkaClientService kafka;

    @Test
    void everyChannelIsSetSoThatNothingIsLost() {
        var config = ConfigProvider.getConfig();
        assertThat(RequiredChannelSettings.violations(
                        config.getPropertyNames(),
                        name -> config.getOptionalValue(name, String.class).orElse(null)))
                .isEmpty();
    }

    @Test
    void anAttemptIsAcceptedStartedAndReported() throws Exception {
        var run = publish("ok", null);
        var events = awaitEnd(run);
        assertThat(events)
                .extracting(LifecycleEvent::event)
                .containsExactly(
                        LifecycleEventType.ACCEPTED,
                        LifecycleEventType.STARTED,
                        LifecycleEventType.PROGRESS,
                        LifecycleEventType.SUCCEEDED);
        assertThat(events).extracting(LifecycleEvent::sequence).containsExactly(1, 2, 3, 4);
        var end = events.getLast();
        assertThat(end.counts()).isEqualTo(Map.of("rows", Map.of("fetched", 2L)));
        assertThat(end.fence()).isPositive();
        assertThat(end.startedAt()).isNotNull();
        assertThat(String.join("\n", end.logTail())).contains("[courriel]").doesNotContain("alix@example.com");
    }

    @Test
    void livenessFailsWhilePollingIsBlocked() {
        RestAssured.get("/q/health/live").then().statusCode(200);
        var held = new CountDownLatch(1);
        kafka.getConsumer("triggers")
                .runOnPollingThread(consumer -> {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .subscribe()
                .with(done -> {});
        await().atMost(TIMEOUT)
                .untilAsserted(() -> RestAssured.get("/q/health/live").then().statusCode(503));
        held.countDown();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> RestAssured.get("/q/health/live").then().statusCode(200));
    }

    @Test
    void aFreeWorkerClaimsAnAttemptInTheTransactionThatAcceptsIt() {
        // Occasionally the worker is polling on its own when the trigger arrives.
        await().atMost(TIMEOUT).until(() -> {
            var run = publish("ok", null);
            awaitEnd(run);
            return countTransactions(run) == 1;
        });
    }

    @Test
    void attemptsWaitingForABusyWorkerAreClaimedInOrder() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        // Occupy both slots.
        ScriptedJob.enteredLatch = new CountDownLatch(2);
        publish("hold", null);
        publish("hold", null);
        assertThat(ScriptedJob.enteredLatch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        var waiting = new ArrayList<UUID>();
        for (int i = 0; i < 3; i++) {
            var run = publish("ok", null);
            await().atMost(TIMEOUT).until(() -> events(run).size() == 1);
            waiting.add(run);
        }
        ScriptedJob.releaseLatch.countDown();
        var fences =
                waiting.stream().map(run -> awaitEnd(run).getLast().fence()).toList();
        assertThat(fences).isSorted().doesNotHaveDuplicates();
    }

    private long countTransactions(UUID run) {
        return database.first("""
                select count(distinct created_at) from automation.outbox
                where key = $1 and payload::jsonb ->> 'event' in ('ACCEPTED', 'STARTED')
                """, row -> row.getLong(0), run.toString()).orElseThrow();
    }

    @Test
    void theSameTriggerTwiceRunsOnce() throws Exception {
        var run = publish("ok", null);
        awaitEnd(run);
        int before = ScriptedJob.RUN_COUNT.get();
        send(trigger(run, "ok", null));
        var marker = publish("ok", null);
        awaitEnd(marker);
        assertThat(ScriptedJob.RUN_COUNT.get()).isEqualTo(before + 1);
        assertThat(events(run)).hasSize(4);
    }

    @Test
    void aFailureIsReportedWithItsClassAndWithoutSecrets() throws Exception {
        var refused = awaitEnd(publish("fail", null)).getLast();
        assertThat(refused.event()).isEqualTo(LifecycleEventType.FAILED);
        assertThat(refused.error().errorClass()).isEqualTo("SCRIPTED");
        var crashed = awaitEnd(publish("crash", null)).getLast();
        assertThat(crashed.error().errorClass()).isEqualTo("UNEXPECTED");
        assertThat(EventJson.write(crashed)).doesNotContain("hunter2");
    }

    @Test
    void anExpiredTriggerDoesNotRun() throws Exception {
        int before = ScriptedJob.RUN_COUNT.get();
        var events = awaitEnd(publish("ok", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().error().errorClass()).isEqualTo("TRIGGER_EXPIRED");
        assertThat(ScriptedJob.RUN_COUNT.get()).isEqualTo(before);
    }

    @Test
    void unreadableMessagesGoToTheDeadLetterTopicWithTheReason() throws Exception {
        var bad = UUID.randomUUID();
        var headers = Map.of(EventHeaders.TYPE, TriggerEvent.TYPE, "test-id", bad.toString());
        TestTopicClient.send(TRIGGERS, "x", "{ not json".getBytes(StandardCharsets.UTF_8), headers);
        TestTopicClient.send(TRIGGERS, "x", null, headers);
        TestTopicClient.send(
                TRIGGERS,
                "x",
                bytes(trigger(UUID.randomUUID(), "ok", null)),
                Map.of(EventHeaders.TYPE, "ca.assistantgazelle.trigger.v2", "test-id", bad.toString()));
        var foreign = EventJson.write(trigger(UUID.randomUUID(), "ok", null))
                .replace("timeline_report_daily", "sync_gazelle_2h");
        TestTopicClient.send(TRIGGERS, "x", foreign.getBytes(StandardCharsets.UTF_8), headers);
        awaitEnd(publish("ok", null));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(TestTopicClient.deadLetterReasons("jobs.dlq.report.v1", bad.toString()))
                        .hasSize(4)
                        .anyMatch(reason -> reason.contains("not valid JSON"))
                        .anyMatch(reason -> reason.contains("empty"))
                        .anyMatch(reason -> reason.contains("trigger.v2"))
                        .anyMatch(reason -> reason.contains("sync-service")));
    }

    @Test
    void anAttemptThatWasTakenOverStoresNothing() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        ScriptedJob.enteredLatch = new CountDownLatch(1);
        var run = publish("hold", null);
        assertThat(ScriptedJob.enteredLatch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        // What the scheduler does when a lease expires.
        assertThat(database.update(
                        "update automation.inbox set state = 'lost', fence = nextval('automation.fence') where run_id = $1",
                        run))
                .isEqualTo(1);
        ScriptedJob.releaseLatch.countDown();
        awaitEnd(publish("ok", null));
        await().atMost(TIMEOUT).until(() -> TestInbox.countRunning(database) == 0);
        assertThat(events(run))
                .extracting(LifecycleEvent::event)
                .containsExactly(LifecycleEventType.ACCEPTED, LifecycleEventType.STARTED);
    }

    @Test
    void aLeaseIsRenewedForAsLongAsTheJobRuns() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        ScriptedJob.enteredLatch = new CountDownLatch(1);
        var run = publish("hold", null);
        assertThat(ScriptedJob.enteredLatch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        var first = leaseUntil(run);
        await().atMost(TIMEOUT).until(() -> leaseUntil(run).isAfter(first.plusSeconds(2)));
        ScriptedJob.releaseLatch.countDown();
        assertThat(awaitEnd(run).getLast().event()).isEqualTo(LifecycleEventType.SUCCEEDED);
    }

    @Test
    void aCancelledAttemptStopsAndAcknowledges() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        ScriptedJob.enteredLatch = new CountDownLatch(1);
        var run = publish("hold", null);
        assertThat(ScriptedJob.enteredLatch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        // What the scheduler does when a run is cancelled.
        database.update("update automation.inbox set cancel_requested = true where run_id = $1", run);
        var end = awaitEnd(run).getLast();
        assertThat(end.event()).isEqualTo(LifecycleEventType.CANCELLED);
        assertThat(end.error().errorClass()).isEqualTo("CANCELLED");
        assertThat(end.error().retryable()).isFalse();
    }

    @Test
    void anAttemptThatIgnoresTheInterruptIsGivenUpAndItsSlotIsLost() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        ScriptedJob.enteredLatch = new CountDownLatch(1);
        var run = publish("ignore interrupts", null);
        assertThat(ScriptedJob.enteredLatch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        database.update("update automation.inbox set cancel_requested = true where run_id = $1", run);
        var end = awaitEnd(run).getLast();
        assertThat(end.event()).isEqualTo(LifecycleEventType.CANCELLED);
        assertThat(end.error().message()).contains("did not react to the interrupt");
        assertThat(executor.stuckSlots()).isEqualTo(1);
        // Another slot is left, so the process stays alive and works.
        awaitEnd(publish("ok", null));
        ScriptedJob.releaseLatch.countDown();
        await().atMost(TIMEOUT).until(() -> executor.stuckSlots() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"script\":1}", "{\"script\":\"a\\u0007b\"}", "{\"foo\":1}"})
    void aTriggerWithParametersThatHttpRefusesIsDeadLettered(String parameters) throws Exception {
        var run = UUID.randomUUID();
        var trigger = new TriggerEvent(
                run, "short_report", 1, RunCause.MANUAL, null, null, Instant.EPOCH, null, Map.of(), null, null);
        TestTopicClient.send(
                "jobs.trigger.report.v1",
                run.toString(),
                EventJson.write(trigger)
                        .replace("\"parameters\":{}", "\"parameters\":" + parameters)
                        .getBytes(StandardCharsets.UTF_8),
                Map.of(EventHeaders.TYPE, TriggerEvent.TYPE, "test-id", run.toString()));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(TestTopicClient.deadLetterReasons("jobs.dlq.report.v1", run.toString()))
                        .hasSize(1)
                        .allMatch(reason -> reason.contains("short_report")));
    }

    @Test
    void anAttemptOverItsHardLimitIsStoppedAndASlowOneLogsAWarning() throws Exception {
        ScriptedJob.releaseLatch = new CountDownLatch(1);
        var run = UUID.randomUUID();
        send(new TriggerEvent(
                run,
                "short_report",
                1,
                RunCause.MANUAL,
                null,
                null,
                Instant.EPOCH,
                null,
                Map.of("script", "hold"),
                null,
                null));
        var end = awaitEnd(run).getLast();
        assertThat(end.event()).isEqualTo(LifecycleEventType.TIMED_OUT);
        assertThat(end.error().errorClass()).isEqualTo("TIME_LIMIT");
        assertThat(end.logTail()).anyMatch(line -> line.contains("running longer than expected"));
    }

    private Instant leaseUntil(UUID run) {
        return database.first(
                        "select lease_until from automation.inbox where run_id = $1",
                        row -> row.getOffsetDateTime(0).toInstant(),
                        run)
                .orElseThrow();
    }

    private static UUID publish(String script, Instant notAfter) throws Exception {
        var run = UUID.randomUUID();
        send(trigger(run, script, notAfter));
        return run;
    }

    private static void send(TriggerEvent trigger) throws Exception {
        var headers =
                EventHeaders.of(trigger.eventId(), "/test", TriggerEvent.TYPE, trigger.job(), Instant.EPOCH, null);
        TestTopicClient.send(TRIGGERS, trigger.runId().toString(), bytes(trigger), headers);
    }

    private static TriggerEvent trigger(UUID run, String script, Instant notAfter) {
        return new TriggerEvent(
                run,
                "timeline_report_daily",
                1,
                RunCause.MANUAL,
                null,
                null,
                Instant.EPOCH,
                notAfter,
                Map.of("script", script),
                null,
                null);
    }

    private static byte[] bytes(TriggerEvent trigger) {
        return EventJson.write(trigger).getBytes(StandardCharsets.UTF_8);
    }

    private static List<LifecycleEvent> awaitEnd(UUID run) {
        await().atMost(TIMEOUT)
                .until(() ->
                        events(run).stream().anyMatch(event -> event.event().endsAttempt()));
        return events(run);
    }

    private static List<LifecycleEvent> events(UUID run) {
        return TestTopicClient.readAll("jobs.lifecycle.v1").stream()
                .filter(message -> run.toString().equals(message.key()))
                .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
                .sorted(Comparator.comparingInt(LifecycleEvent::sequence))
                .toList();
    }
}
