package ca.assistantgazelle.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.peers.testing.ChannelSettings;
import ca.assistantgazelle.peers.testing.TestPeersResource;
import ca.assistantgazelle.peers.testing.TestTopics;
import ca.assistantgazelle.sql.Database;
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

@QuarkusTest
@QuarkusTestResource(TestPeersResource.class)
class WorkerTest {
  private static final String TRIGGERS = "jobs.trigger.report.v1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Database database;
  @Inject KafkaClientService kafka;

  @Test
  void everyChannelIsSetSoThatNothingIsLost() {
    var config = ConfigProvider.getConfig();
    assertThat(
            ChannelSettings.violations(
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
            LifecycleKind.ACCEPTED,
            LifecycleKind.STARTED,
            LifecycleKind.PROGRESS,
            LifecycleKind.SUCCEEDED);
    assertThat(events).extracting(LifecycleEvent::sequence).containsExactly(1, 2, 3, 4);
    var end = events.getLast();
    assertThat(end.counts()).isEqualTo(Map.of("rows", Map.of("fetched", 2L)));
    assertThat(end.fence()).isPositive();
    assertThat(end.startedAt()).isNotNull();
    assertThat(String.join("\n", end.logTail()))
        .contains("[courriel]")
        .doesNotContain("alix@example.com");
  }

  @Test
  void aProcessThatAsksTheBrokerNoMoreIsNotAlive() {
    RestAssured.get("/q/health/live").then().statusCode(200);
    var held = new CountDownLatch(1);
    kafka
        .getConsumer("triggers")
        .runOnPollingThread(
            consumer -> {
              try {
                held.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .subscribe()
        .with(done -> {});
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> RestAssured.get("/q/health/live").then().statusCode(503));
    held.countDown();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> RestAssured.get("/q/health/live").then().statusCode(200));
  }

  @Test
  void aFreeWorkerTakesUpAnAttemptInTheTransactionThatAcceptsIt() {
    // Now and then it is just looking for one by itself when the trigger comes.
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var run = publish("ok", null);
              awaitEnd(run);
              return transactions(run) == 1;
            });
  }

  @Test
  void whatWaitsForABusyWorkerIsTakenUpInItsOrder() throws Exception {
    ScriptedJob.hold = new CountDownLatch(1);
    // Its two slots.
    ScriptedJob.entered = new CountDownLatch(2);
    publish("hold", null);
    publish("hold", null);
    assertThat(ScriptedJob.entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    var waiting = new ArrayList<UUID>();
    for (int i = 0; i < 3; i++) {
      var run = publish("ok", null);
      await().atMost(PATIENCE).until(() -> events(run).size() == 1);
      waiting.add(run);
    }
    ScriptedJob.hold.countDown();
    var fences = waiting.stream().map(run -> awaitEnd(run).getLast().fence()).toList();
    assertThat(fences).isSorted().doesNotHaveDuplicates();
  }

  private long transactions(UUID run) {
    return database
        .first(
            """
            select count(distinct created_at) from automation.outbox
            where key = $1 and payload::jsonb ->> 'event' in ('ACCEPTED', 'STARTED')
            """,
            row -> row.getLong(0),
            run.toString())
        .orElseThrow();
  }

  @Test
  void theSameTriggerTwiceRunsOnce() throws Exception {
    var run = publish("ok", null);
    awaitEnd(run);
    int before = ScriptedJob.RUNS.get();
    send(trigger(run, "ok", null));
    var marker = publish("ok", null);
    awaitEnd(marker);
    assertThat(ScriptedJob.RUNS.get()).isEqualTo(before + 1);
    assertThat(events(run)).hasSize(4);
  }

  @Test
  void aFailureIsReportedWithItsClassAndNothingSecret() throws Exception {
    var refused = awaitEnd(publish("fail", null)).getLast();
    assertThat(refused.event()).isEqualTo(LifecycleKind.FAILED);
    assertThat(refused.error().errorClass()).isEqualTo("SCRIPTED");
    var crashed = awaitEnd(publish("crash", null)).getLast();
    assertThat(crashed.error().errorClass()).isEqualTo("UNEXPECTED");
    assertThat(EventJson.write(crashed)).doesNotContain("hunter2");
  }

  @Test
  void aTriggerThatComesTooLateDoesNotRun() throws Exception {
    int before = ScriptedJob.RUNS.get();
    var events = awaitEnd(publish("ok", Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().error().errorClass()).isEqualTo("TRIGGER_EXPIRED");
    assertThat(ScriptedJob.RUNS.get()).isEqualTo(before);
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersWithTheReasonAndStopsNothing() throws Exception {
    var bad = UUID.randomUUID();
    var headers = Map.of(EventHeaders.TYPE, Trigger.TYPE, "test-id", bad.toString());
    TestTopics.send(TRIGGERS, "x", "{ not json".getBytes(StandardCharsets.UTF_8), headers);
    TestTopics.send(TRIGGERS, "x", null, headers);
    TestTopics.send(
        TRIGGERS,
        "x",
        bytes(trigger(UUID.randomUUID(), "ok", null)),
        Map.of(EventHeaders.TYPE, "ca.assistantgazelle.trigger.v2", "test-id", bad.toString()));
    var foreign =
        EventJson.write(trigger(UUID.randomUUID(), "ok", null))
            .replace("timeline_report_daily", "sync_gazelle_2h");
    TestTopics.send(TRIGGERS, "x", foreign.getBytes(StandardCharsets.UTF_8), headers);
    awaitEnd(publish("ok", null));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(TestTopics.reasons("jobs.dlq.report.v1", bad.toString()))
                    .hasSize(4)
                    .anyMatch(reason -> reason.contains("not valid JSON"))
                    .anyMatch(reason -> reason.contains("empty"))
                    .anyMatch(reason -> reason.contains("trigger.v2"))
                    .anyMatch(reason -> reason.contains("sync-service")));
  }

  @Test
  void anAttemptThatWasTakenOverStoresNothing() throws Exception {
    ScriptedJob.hold = new CountDownLatch(1);
    ScriptedJob.entered = new CountDownLatch(1);
    var run = publish("hold", null);
    assertThat(ScriptedJob.entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // What the scheduler does when a lease ran out.
    assertThat(
            database.update(
                "update automation.inbox set state = 'lost', fence = nextval('automation.fence') where run_id = $1",
                run))
        .isEqualTo(1);
    ScriptedJob.hold.countDown();
    awaitEnd(publish("ok", null));
    await().atMost(PATIENCE).until(() -> ProcessedRuns.running(database) == 0);
    assertThat(events(run))
        .extracting(LifecycleEvent::event)
        .containsExactly(LifecycleKind.ACCEPTED, LifecycleKind.STARTED);
  }

  @Test
  void aLeaseIsRenewedForAsLongAsTheJobRuns() throws Exception {
    ScriptedJob.hold = new CountDownLatch(1);
    ScriptedJob.entered = new CountDownLatch(1);
    var run = publish("hold", null);
    assertThat(ScriptedJob.entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    var first = lease(run);
    await().atMost(PATIENCE).until(() -> lease(run).isAfter(first.plusSeconds(2)));
    ScriptedJob.hold.countDown();
    assertThat(awaitEnd(run).getLast().event()).isEqualTo(LifecycleKind.SUCCEEDED);
  }

  @Test
  void aCancelledAttemptStopsAndAcknowledges() throws Exception {
    ScriptedJob.hold = new CountDownLatch(1);
    ScriptedJob.entered = new CountDownLatch(1);
    var run = publish("hold", null);
    assertThat(ScriptedJob.entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // What the scheduler does when somebody cancels a run.
    database.update("update automation.inbox set cancel_requested = true where run_id = $1", run);
    var end = awaitEnd(run).getLast();
    assertThat(end.event()).isEqualTo(LifecycleKind.CANCELLED);
    assertThat(end.error().errorClass()).isEqualTo("CANCELLED");
    assertThat(end.error().retryable()).isFalse();
  }

  @Test
  void anAttemptOverItsHardLimitIsCutAndOverItsUsualTimeSaysSo() throws Exception {
    ScriptedJob.hold = new CountDownLatch(1);
    var run = UUID.randomUUID();
    send(
        new Trigger(
            run,
            "short_report",
            1,
            Cause.MANUAL,
            null,
            null,
            Instant.EPOCH,
            null,
            Map.of("script", "hold"),
            null,
            null));
    var end = awaitEnd(run).getLast();
    assertThat(end.event()).isEqualTo(LifecycleKind.TIMED_OUT);
    assertThat(end.error().errorClass()).isEqualTo("TIME_LIMIT");
    assertThat(end.logTail()).anyMatch(line -> line.contains("still running after the usual"));
  }

  private Instant lease(UUID run) {
    return database
        .first(
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

  private static void send(Trigger trigger) throws Exception {
    var headers =
        EventHeaders.of(
            trigger.eventId(), "/test", Trigger.TYPE, trigger.job(), Instant.EPOCH, null);
    TestTopics.send(TRIGGERS, trigger.runId().toString(), bytes(trigger), headers);
  }

  private static Trigger trigger(UUID run, String script, Instant notAfter) {
    return new Trigger(
        run,
        "timeline_report_daily",
        1,
        Cause.MANUAL,
        null,
        null,
        Instant.EPOCH,
        notAfter,
        Map.of("script", script),
        null,
        null);
  }

  private static byte[] bytes(Trigger trigger) {
    return EventJson.write(trigger).getBytes(StandardCharsets.UTF_8);
  }

  private static List<LifecycleEvent> awaitEnd(UUID run) {
    await()
        .atMost(PATIENCE)
        .until(() -> events(run).stream().anyMatch(event -> event.event().endsAttempt()));
    return events(run);
  }

  private static List<LifecycleEvent> events(UUID run) {
    return TestTopics.all("jobs.lifecycle.v1").stream()
        .filter(message -> run.toString().equals(message.key()))
        .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
        .sorted(Comparator.comparingInt(LifecycleEvent::sequence))
        .toList();
  }
}
