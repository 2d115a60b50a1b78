package ca.assistantgazelle.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunQuery;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.peers.testing.ChannelSettings;
import ca.assistantgazelle.peers.testing.TestTopics;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.testing.Lifecycle;
import ca.assistantgazelle.testing.SchedulerPeers;
import ca.assistantgazelle.topic.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SchedulerPeers.class)
class CollectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Database database;
  @Inject RunQuery runs;

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
  void newsInAnyOrderAndManyTimesMakesOneLogRow() throws Exception {
    var run = acceptedRun();
    var events = new ArrayList<LifecycleEvent>();
    for (int i = 0; i < 4; i++) {
      events.add(Lifecycle.event(run, 1, 7, 1, LifecycleKind.ACCEPTED));
      events.add(Lifecycle.event(run, 1, 7, 2, LifecycleKind.STARTED));
      events.add(Lifecycle.event(run, 1, 7, 3, LifecycleKind.PROGRESS));
      events.add(Lifecycle.event(run, 1, 7, 4, LifecycleKind.SUCCEEDED));
    }
    Collections.shuffle(events, new Random(1));
    Lifecycle.publish(events.toArray(LifecycleEvent[]::new));
    Lifecycle.publish(marker());
    awaitStatus(run, RunStatus.SUCCESS);
    assertThat(logs(run)).containsExactly("success|4|null");
    assertThat(find(run).startedAt()).hasToString("2026-03-08T07:00:00Z");
  }

  @Test
  void theWordsInTheLogAreTheAgreedOnes() throws Exception {
    var started = acceptedRun();
    Lifecycle.publish(Lifecycle.event(started, 1, 7, 2, LifecycleKind.STARTED));
    awaitStatus(started, RunStatus.RUNNING);
    assertThat(logs(started)).containsExactly("running|null|null");
    for (var kind : List.of(LifecycleKind.FAILED, LifecycleKind.TIMED_OUT)) {
      var run = acceptedRun();
      Lifecycle.publish(
          Lifecycle.event(run, 3, 7, 2, LifecycleKind.STARTED),
          Lifecycle.event(run, 3, 7, 3, kind));
      awaitStatus(run, RunStatus.ERROR);
      assertThat(logs(run)).containsExactly("error|3|" + kind + ": as played");
    }
    var cancelled = acceptedRun();
    Lifecycle.publish(Lifecycle.event(cancelled, 1, 7, 3, LifecycleKind.CANCELLED));
    awaitStatus(cancelled, RunStatus.CANCELLED);
    assertThat(logs(cancelled)).containsExactly("error|3|CANCELLED: as played");
  }

  @Test
  void aGivenUpRunIsToldOnce() throws Exception {
    var run = acceptedRun();
    Lifecycle.publish(Lifecycle.event(run, 1, 7, 1, LifecycleKind.STARTED));
    awaitStatus(run, RunStatus.RUNNING);
    database.update("update automation.run set reason = 'started late' where run_id = $1", run);
    for (int i = 0; i < 3; i++) {
      Lifecycle.publish(Lifecycle.event(run, 3, 8, 3, LifecycleKind.FAILED));
    }
    awaitStatus(run, RunStatus.ERROR);
    Lifecycle.publish(Lifecycle.event(run, 3, 8, 3, LifecycleKind.FAILED));
    settle();
    assertThat(told(run, LifecycleKind.RUN_FAILED)).isEqualTo(1);
    assertThat(find(run).reason()).isEqualTo("started late; PLAYED: as played");
  }

  @Test
  void aFailedAttemptIsRepeatedUntilNoneRemains() throws Exception {
    var run = acceptedRun();
    for (int attempt = 1; attempt <= 3; attempt++) {
      int number = attempt;
      await().atMost(PATIENCE).until(() -> number == 1 || find(run).attempt() == number);
      Lifecycle.publish(
          Lifecycle.event(run, attempt, 7 + attempt, 2, LifecycleKind.STARTED),
          Lifecycle.event(run, attempt, 7 + attempt, 3, LifecycleKind.FAILED),
          Lifecycle.event(run, attempt, 7 + attempt, 3, LifecycleKind.FAILED));
    }
    awaitStatus(run, RunStatus.ERROR);
    settle();
    assertThat(triggers(run)).extracting(Trigger::attempt).containsExactly(2, 3);
    assertThat(told(run, LifecycleKind.RUN_FAILED)).isEqualTo(1);
    assertThat(logs(run)).hasSize(3).allMatch("error|3|FAILED: as played"::equals);
  }

  @Test
  void aLostAttemptIsAskedForAgainAtOnceAndOnlyOnce() throws Exception {
    var run = acceptedRun();
    Lifecycle.publish(
        Lifecycle.event(run, 1, 7, 2, LifecycleKind.STARTED),
        Lifecycle.event(run, 1, 7, 3, LifecycleKind.LOST));
    Lifecycle.publish(Lifecycle.event(run, 1, 7, 3, LifecycleKind.LOST));
    await().atMost(PATIENCE).until(() -> triggers(run).size() == 1);
    settle();
    assertThat(triggers(run)).hasSize(1);
    assertThat(triggers(run).getFirst().attempt()).isEqualTo(2);
    Lifecycle.publish(
        Lifecycle.event(run, 2, 8, 2, LifecycleKind.STARTED),
        Lifecycle.event(run, 2, 8, 3, LifecycleKind.SUCCEEDED));
    awaitStatus(run, RunStatus.SUCCESS);
    assertThat(logs(run)).containsExactly("error|3|LOST: as played", "success|3|null");
  }

  @Test
  void anInterruptedAttemptKeepsItsNumber() throws Exception {
    var run = acceptedRun();
    Lifecycle.publish(
        Lifecycle.event(run, 1, 7, 2, LifecycleKind.STARTED),
        Lifecycle.event(run, 1, 7, 3, LifecycleKind.INTERRUPTED));
    awaitStatus(run, RunStatus.QUEUED);
    Lifecycle.publish(
        Lifecycle.event(run, 1, 9, 4, LifecycleKind.STARTED),
        Lifecycle.event(run, 1, 9, 5, LifecycleKind.SUCCEEDED));
    awaitStatus(run, RunStatus.SUCCESS);
    assertThat(find(run).attempt()).isEqualTo(1);
    assertThat(logs(run))
        .containsExactlyInAnyOrder("error|3|INTERRUPTED: as played", "success|5|null");
  }

  @Test
  void garbageGoesToTheDeadLettersWithItsReasonAndTheRestOfTheBatchIsEntered() throws Exception {
    var id = UUID.randomUUID().toString();
    var headers = Map.of(EventHeaders.TYPE, LifecycleEvent.TYPE, "test-id", id);
    var run = acceptedRun();
    TestTopics.send(Lifecycle.TOPIC, "x", new byte[] {(byte) 0xff, 0, 1}, headers);
    TestTopics.send(Lifecycle.TOPIC, "x", null, headers);
    TestTopics.send(Lifecycle.TOPIC, "x", "{}".getBytes(StandardCharsets.UTF_8), headers);
    TestTopics.send(
        Lifecycle.TOPIC,
        "x",
        EventJson.write(Lifecycle.event(run, 1, 7, 4, LifecycleKind.SUCCEEDED))
            .replace("sync_gazelle_2h", "tuning")
            .getBytes(StandardCharsets.UTF_8),
        headers);
    TestTopics.send(
        Lifecycle.TOPIC, "x", "{}".getBytes(StandardCharsets.UTF_8), Map.of("test-id", id));
    Lifecycle.publish(Lifecycle.event(run, 1, 7, 4, LifecycleKind.SUCCEEDED));
    awaitStatus(run, RunStatus.SUCCESS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(TestTopics.reasons("jobs.dlq.lifecycle.v1", id)).hasSize(5));
    assertThat(TestTopics.reasons("jobs.dlq.lifecycle.v1", id))
        .anyMatch(reason -> reason.contains("'runId' is missing"))
        .anyMatch(reason -> reason.contains("absent"))
        .anyMatch(reason -> reason.contains("no job of that name"));
  }

  @Test
  void newsOfARunThatNobodyKnowsIsBuriedAndBlocksNothing() throws Exception {
    var stray = UUID.randomUUID();
    Lifecycle.publish(Lifecycle.event(stray, 1, 7, 2, LifecycleKind.STARTED));
    settle();
    assertThat(runs.find(stray)).isEmpty();
    assertThat(TestTopics.all("jobs.dlq.lifecycle.v1"))
        .anyMatch(message -> stray.toString().equals(message.key()));
  }

  @Test
  void brokenCloudEventHeadersDoNotEndTheChannel() throws Exception {
    var body =
        EventJson.write(Lifecycle.event(acceptedRun(), 1, 7, 4, LifecycleKind.SUCCEEDED))
            .getBytes(StandardCharsets.UTF_8);
    for (var broken :
        List.of(
            Map.of("ce_time", "yesterday"),
            Map.of("ce_source", "not a uri"),
            Map.of("content-type", "application/cloudevents+json"))) {
      var headers =
          new HashMap<>(
              Map.of(
                  EventHeaders.TYPE,
                  LifecycleEvent.TYPE,
                  "ce_specversion",
                  "1.0",
                  "ce_id",
                  "x",
                  "ce_source",
                  "/x"));
      headers.putAll(broken);
      TestTopics.send(Lifecycle.TOPIC, "x", body, headers);
      TestTopics.send(Lifecycle.TOPIC, "x", "garbage".getBytes(StandardCharsets.UTF_8), headers);
    }
    settle();
  }

  @Test
  void knownNewsWritesNothing() throws Exception {
    var run = acceptedRun();
    var events =
        new LifecycleEvent[] {
          Lifecycle.event(run, 1, 7, 2, LifecycleKind.STARTED),
          Lifecycle.event(run, 1, 7, 3, LifecycleKind.SUCCEEDED)
        };
    Lifecycle.publish(events);
    awaitStatus(run, RunStatus.SUCCESS);
    var before = versions(run);
    Lifecycle.publish(events);
    settle();
    assertThat(versions(run)).isEqualTo(before);
  }

  @Test
  void newsThatWaitsForARunLeavesConnectionsToOthers() throws Exception {
    var run = acceptedRun();
    Lifecycle.publish(Lifecycle.event(run, 1, 7, 1, LifecycleKind.STARTED));
    awaitStatus(run, RunStatus.RUNNING);
    var held = new CountDownLatch(1);
    var released = new AtomicBoolean();
    var holder = Thread.ofVirtual().start(() -> hold(run, held, released));
    try {
      held.await();
      for (int sequence = 2; sequence <= 3; sequence++) {
        Lifecycle.publish(Lifecycle.event(run, 1, 7, sequence, LifecycleKind.PROGRESS));
        long waiting = sequence - 1L;
        await().atMost(PATIENCE).until(() -> waiting() == waiting);
      }
      for (int sequence = 4; sequence <= 12; sequence++) {
        Lifecycle.publish(Lifecycle.event(run, 1, 7, sequence, LifecycleKind.PROGRESS));
      }
      // The pool has four: the one that holds, the two that wait, and this one.
      await()
          .during(Duration.ofMillis(500))
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
    } finally {
      released.set(true);
      holder.join();
    }
    Lifecycle.publish(Lifecycle.event(run, 1, 7, 13, LifecycleKind.SUCCEEDED));
    awaitStatus(run, RunStatus.SUCCESS);
  }

  private void hold(UUID run, CountDownLatch held, AtomicBoolean released) {
    database.transact(
        transaction -> {
          transaction.first(
              "select 1 from automation.run where run_id = $1 for update", row -> true, run);
          held.countDown();
          // Statement after statement: the server ends a transaction that stands still.
          while (!released.get()) {
            transaction.list("select pg_sleep(0.02)", row -> true);
          }
        });
  }

  private long waiting() {
    return database
        .first(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
            row -> row.getLong(0))
        .orElseThrow();
  }

  // A run whose trigger was written by hand: a worker accepted it, the ledger does not know it yet.
  private UUID acceptedRun() {
    var run = UUID.randomUUID();
    database.update(
        """
        insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence)
        values ($1, 1, 'sync', 'sync_gazelle_2h', '{}', 'done', 4)
        """,
        run);
    return run;
  }

  private List<String> versions(UUID run) {
    return database.list(
        """
        select 'run ' || xmin::text || ctid::text from automation.run where run_id = $1
        union all select 'attempt ' || xmin::text || ctid::text from automation.attempt where run_id = $1
        union all select 'log ' || xmin::text || ctid::text from scheduler_logs where details->>'run_id' = $1::text
        """,
        row -> row.getString(0),
        run);
  }

  private List<String> logs(UUID run) {
    return database.list(
        "select status || '|' || coalesce(duration_seconds::text, 'null') || '|' || coalesce(error_message, 'null') as line from scheduler_logs where details->>'run_id' = $1 order by details->>'attempt', completed_at",
        row -> row.getString(0),
        run.toString());
  }

  private Run find(UUID run) {
    return runs.find(run).orElseThrow();
  }

  private void awaitStatus(UUID run, RunStatus status) {
    await()
        .atMost(PATIENCE)
        .until(() -> runs.find(run).map(Run::status).filter(status::equals).isPresent());
  }

  /** Whatever was published before is entered: each partition is read in its order. */
  private void settle() throws Exception {
    var markers = Stream.generate(this::marker).limit(Topics.PARTITIONS).toList();
    for (int partition = 0; partition < markers.size(); partition++) {
      Lifecycle.publish(partition, markers.get(partition));
    }
    markers.forEach(marker -> awaitStatus(marker.runId(), RunStatus.SUCCESS));
  }

  private LifecycleEvent marker() {
    return Lifecycle.event(acceptedRun(), 1, 1, 2, LifecycleKind.SUCCEEDED);
  }

  private static long told(UUID run, LifecycleKind kind) {
    return TestTopics.all(Lifecycle.TOPIC).stream()
        .filter(message -> run.toString().equals(message.key()))
        .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
        .filter(event -> event.event() == kind)
        .count();
  }

  private static List<Trigger> triggers(UUID run) {
    return TestTopics.all("jobs.trigger.sync.v1").stream()
        .filter(message -> run.toString().equals(message.key()))
        .map(message -> EventJson.read(message.value(), Trigger.class))
        .toList();
  }
}
