package ca.assistantgazelle.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.topic.KafkaTopics;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunQuery;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.testing.LifecycleFixture;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
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
@QuarkusTestResource(SchedulerTestResource.class)
class LifecycleConsumerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject
    Database database;

    @Inject
    RunQuery runs;

    @Test
    void everyChannelIsSetSoThatNothingIsLost() {
        var config = ConfigProvider.getConfig();
        assertThat(RequiredChannelSettings.violations(
                        config.getPropertyNames(),
                        name -> config.getOptionalValue(name, String.class).orElse(null)))
                .isEmpty();
    }

    @Test
    void eventsInAnyOrderAndRepeatedMakeOneLogRow() throws Exception {
        var run = acceptedRun();
        var events = new ArrayList<LifecycleEvent>();
        for (int i = 0; i < 4; i++) {
            events.add(LifecycleFixture.event(run, 1, 7, 1, LifecycleEventType.ACCEPTED));
            events.add(LifecycleFixture.event(run, 1, 7, 2, LifecycleEventType.STARTED));
            events.add(LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.PROGRESS));
            events.add(LifecycleFixture.event(run, 1, 7, 4, LifecycleEventType.SUCCEEDED));
        }
        Collections.shuffle(events, new Random(1));
        LifecycleFixture.publish(events.toArray(LifecycleEvent[]::new));
        LifecycleFixture.publish(marker());
        awaitStatus(run, RunStatus.SUCCESS);
        assertThat(logLines(run)).containsExactly("success|4|null");
        assertThat(find(run).times().startedAt()).hasToString("2026-03-08T07:00:00Z");
    }

    @Test
    void theStatusesInSchedulerLogsAreTheSpecifiedOnes() throws Exception {
        var started = acceptedRun();
        LifecycleFixture.publish(LifecycleFixture.event(started, 1, 7, 2, LifecycleEventType.STARTED));
        awaitStatus(started, RunStatus.RUNNING);
        assertThat(logLines(started)).containsExactly("running|null|null");
        for (var kind : List.of(LifecycleEventType.FAILED, LifecycleEventType.TIMED_OUT)) {
            var run = acceptedRun();
            LifecycleFixture.publish(
                    LifecycleFixture.event(run, 3, 7, 2, LifecycleEventType.STARTED),
                    LifecycleFixture.event(run, 3, 7, 3, kind));
            awaitStatus(run, RunStatus.ERROR);
            assertThat(logLines(run)).containsExactly("error|3|" + kind + ": as played");
        }
        var cancelled = acceptedRun();
        LifecycleFixture.publish(LifecycleFixture.event(cancelled, 1, 7, 3, LifecycleEventType.CANCELLED));
        awaitStatus(cancelled, RunStatus.CANCELLED);
        assertThat(logLines(cancelled)).containsExactly("error|3|CANCELLED: as played");
    }

    @Test
    void aGivenUpRunIsPublishedOnce() throws Exception {
        var run = acceptedRun();
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 1, LifecycleEventType.STARTED));
        awaitStatus(run, RunStatus.RUNNING);
        database.update("update automation.run set plan_note = 'started late' where run_id = $1", run);
        for (int i = 0; i < 3; i++) {
            LifecycleFixture.publish(LifecycleFixture.event(run, 3, 8, 3, LifecycleEventType.FAILED));
        }
        awaitStatus(run, RunStatus.ERROR);
        LifecycleFixture.publish(LifecycleFixture.event(run, 3, 8, 3, LifecycleEventType.FAILED));
        awaitAllPublishedProcessed();
        assertThat(countPublished(run, LifecycleEventType.RUN_FAILED)).isEqualTo(1);
        assertThat(find(run).reason()).isEqualTo("started late; PLAYED: as played");
    }

    @Test
    void aFailedAttemptIsRetriedUntilNoneRemains() throws Exception {
        var run = acceptedRun();
        for (int attempt = 1; attempt <= 3; attempt++) {
            int number = attempt;
            await().atMost(TIMEOUT).until(() -> number == 1 || find(run).state().attempt() == number);
            LifecycleFixture.publish(
                    LifecycleFixture.event(run, attempt, 7 + attempt, 2, LifecycleEventType.STARTED),
                    LifecycleFixture.event(run, attempt, 7 + attempt, 3, LifecycleEventType.FAILED),
                    LifecycleFixture.event(run, attempt, 7 + attempt, 3, LifecycleEventType.FAILED));
        }
        awaitStatus(run, RunStatus.ERROR);
        awaitAllPublishedProcessed();
        assertThat(triggers(run)).extracting(TriggerEvent::attempt).containsExactly(2, 3);
        assertThat(countPublished(run, LifecycleEventType.RUN_FAILED)).isEqualTo(1);
        assertThat(logLines(run)).hasSize(3).allMatch("error|3|FAILED: as played"::equals);
    }

    @Test
    void aLostAttemptIsRetriedAtOnceAndOnlyOnce() throws Exception {
        var run = acceptedRun();
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 1, 7, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.LOST));
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.LOST));
        await().atMost(TIMEOUT).until(() -> triggers(run).size() == 1);
        awaitAllPublishedProcessed();
        assertThat(triggers(run)).hasSize(1);
        assertThat(triggers(run).getFirst().attempt()).isEqualTo(2);
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 2, 8, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 2, 8, 3, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, RunStatus.SUCCESS);
        assertThat(logLines(run)).containsExactly("error|3|LOST: as played", "success|3|null");
    }

    @Test
    void anInterruptedAttemptKeepsItsNumber() throws Exception {
        var run = acceptedRun();
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 1, 7, 2, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.INTERRUPTED));
        awaitStatus(run, RunStatus.QUEUED);
        LifecycleFixture.publish(
                LifecycleFixture.event(run, 1, 9, 4, LifecycleEventType.STARTED),
                LifecycleFixture.event(run, 1, 9, 5, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, RunStatus.SUCCESS);
        assertThat(find(run).state().attempt()).isEqualTo(1);
        assertThat(logLines(run)).containsExactlyInAnyOrder("error|3|INTERRUPTED: as played", "success|5|null");
    }

    @Test
    void unreadableEventsGoToTheDeadLetterTopicAndTheRestOfTheBatchIsProcessed() throws Exception {
        var id = UUID.randomUUID().toString();
        var headers = Map.of(EventHeaders.TYPE, LifecycleEvent.TYPE, "test-id", id);
        var run = acceptedRun();
        TestTopicClient.send(LifecycleFixture.TOPIC, "x", new byte[] {(byte) 0xff, 0, 1}, headers);
        TestTopicClient.send(LifecycleFixture.TOPIC, "x", null, headers);
        TestTopicClient.send(LifecycleFixture.TOPIC, "x", "{}".getBytes(StandardCharsets.UTF_8), headers);
        TestTopicClient.send(
                LifecycleFixture.TOPIC,
                "x",
                EventJson.write(LifecycleFixture.event(run, 1, 7, 4, LifecycleEventType.SUCCEEDED))
                        .replace("sync_gazelle_2h", "tuning")
                        .getBytes(StandardCharsets.UTF_8),
                headers);
        TestTopicClient.send(LifecycleFixture.TOPIC, "x", "{}".getBytes(StandardCharsets.UTF_8), Map.of("test-id", id));
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 4, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, RunStatus.SUCCESS);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(TestTopicClient.deadLetterReasons("jobs.dlq.lifecycle.v1", id))
                        .hasSize(5));
        assertThat(TestTopicClient.deadLetterReasons("jobs.dlq.lifecycle.v1", id))
                .anyMatch(reason -> reason.contains("'runId' is missing"))
                .anyMatch(reason -> reason.contains("absent"))
                .anyMatch(reason -> reason.contains("unknown job"));
    }

    @Test
    void anEventOfAnUnknownRunIsDeadLetteredAndBlocksNothing() throws Exception {
        var stray = UUID.randomUUID();
        LifecycleFixture.publish(LifecycleFixture.event(stray, 1, 7, 2, LifecycleEventType.STARTED));
        awaitAllPublishedProcessed();
        assertThat(runs.find(stray)).isEmpty();
        assertThat(TestTopicClient.readAll("jobs.dlq.lifecycle.v1"))
                .anyMatch(message -> stray.toString().equals(message.key()));
    }

    @Test
    void brokenCloudEventHeadersDoNotEndTheChannel() throws Exception {
        var body = EventJson.write(LifecycleFixture.event(acceptedRun(), 1, 7, 4, LifecycleEventType.SUCCEEDED))
                .getBytes(StandardCharsets.UTF_8);
        for (var broken : List.of(
                Map.of("ce_time", "yesterday"),
                Map.of("ce_source", "not a uri"),
                Map.of("content-type", "application/cloudevents+json"))) {
            var headers = new HashMap<>(Map.of(
                    EventHeaders.TYPE, LifecycleEvent.TYPE, "ce_specversion", "1.0", "ce_id", "x", "ce_source", "/x"));
            headers.putAll(broken);
            TestTopicClient.send(LifecycleFixture.TOPIC, "x", body, headers);
            TestTopicClient.send(LifecycleFixture.TOPIC, "x", "garbage".getBytes(StandardCharsets.UTF_8), headers);
        }
        awaitAllPublishedProcessed();
    }

    @Test
    void knownEventsWriteNothing() throws Exception {
        var run = acceptedRun();
        var events = new LifecycleEvent[] {
            LifecycleFixture.event(run, 1, 7, 2, LifecycleEventType.STARTED),
            LifecycleFixture.event(run, 1, 7, 3, LifecycleEventType.SUCCEEDED)
        };
        LifecycleFixture.publish(events);
        awaitStatus(run, RunStatus.SUCCESS);
        var before = rowVersions(run);
        LifecycleFixture.publish(events);
        awaitAllPublishedProcessed();
        assertThat(rowVersions(run)).isEqualTo(before);
    }

    @Test
    void eventsThatWaitForALockedRunDoNotExhaustThePool() throws Exception {
        var run = acceptedRun();
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 1, LifecycleEventType.STARTED));
        awaitStatus(run, RunStatus.RUNNING);
        var held = new CountDownLatch(1);
        var released = new AtomicBoolean();
        var holder = Thread.ofVirtual().start(() -> lockRun(run, held, released));
        try {
            held.await();
            for (int sequence = 2; sequence <= 3; sequence++) {
                LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, sequence, LifecycleEventType.PROGRESS));
                long waiting = sequence - 1L;
                await().atMost(TIMEOUT).until(() -> countLockWaits() == waiting);
            }
            for (int sequence = 4; sequence <= 12; sequence++) {
                LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, sequence, LifecycleEventType.PROGRESS));
            }
            // The pool has four connections: the lock holder, two waiting for the lock, and this one.
            await().during(Duration.ofMillis(500))
                    .atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(countLockWaits()).isEqualTo(2));
        } finally {
            released.set(true);
            holder.join();
        }
        LifecycleFixture.publish(LifecycleFixture.event(run, 1, 7, 13, LifecycleEventType.SUCCEEDED));
        awaitStatus(run, RunStatus.SUCCESS);
    }

    private void lockRun(UUID run, CountDownLatch held, AtomicBoolean released) {
        database.runInTransaction(transaction -> {
            transaction.first("select 1 from automation.run where run_id = $1 for update", row -> true, run);
            held.countDown();
            // Keeps executing statements, because the server aborts an idle transaction.
            while (!released.get()) {
                transaction.list("select pg_sleep(0.02)", row -> true);
            }
        });
    }

    private long countLockWaits() {
        return database.first(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
                        row -> row.getLong(0))
                .orElseThrow();
    }

    // A run whose trigger was published manually: accepted by a worker, not yet in the ledger.
    private UUID acceptedRun() {
        var run = UUID.randomUUID();
        database.update("""
                insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence)
                values ($1, 1, 'sync', 'sync_gazelle_2h', '{}', 'done', 4)
                """, run);
        return run;
    }

    private List<String> rowVersions(UUID run) {
        return database.list("""
                select 'run ' || xmin::text || ctid::text from automation.run where run_id = $1
                union all select 'attempt ' || xmin::text || ctid::text from automation.attempt where run_id = $1
                union all select 'log ' || xmin::text || ctid::text from scheduler_logs where details->>'run_id' = $1::text
                """, row -> row.getString(0), run);
    }

    private List<String> logLines(UUID run) {
        return database.list(
                "select status || '|' || coalesce(duration_seconds::text, 'null') || '|' || coalesce(error_message, 'null') as line from scheduler_logs where details->>'run_id' = $1 order by details->>'attempt', completed_at",
                row -> row.getString(0),
                run.toString());
    }

    private JobRun find(UUID run) {
        return runs.find(run).orElseThrow();
    }

    private void awaitStatus(UUID run, RunStatus status) {
        await().atMost(TIMEOUT)
                .until(() -> runs.find(run)
                        .map(JobRun::status)
                        .filter(status::equals)
                        .isPresent());
    }

    /** Waits until everything published before is stored; partitions are consumed in order. */
    private void awaitAllPublishedProcessed() throws Exception {
        var markers =
                Stream.generate(this::marker).limit(KafkaTopics.PARTITIONS).toList();
        for (int partition = 0; partition < markers.size(); partition++) {
            LifecycleFixture.publish(partition, markers.get(partition));
        }
        markers.forEach(marker -> awaitStatus(marker.runId(), RunStatus.SUCCESS));
    }

    private LifecycleEvent marker() {
        return LifecycleFixture.event(acceptedRun(), 1, 1, 2, LifecycleEventType.SUCCEEDED);
    }

    private static long countPublished(UUID run, LifecycleEventType kind) {
        return TestTopicClient.readAll(LifecycleFixture.TOPIC).stream()
                .filter(message -> run.toString().equals(message.key()))
                .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
                .filter(event -> event.event() == kind)
                .count();
    }

    private static List<TriggerEvent> triggers(UUID run) {
        return TestTopicClient.readAll("jobs.trigger.sync.v1").stream()
                .filter(message -> run.toString().equals(message.key()))
                .map(message -> EventJson.read(message.value(), TriggerEvent.class))
                .toList();
    }
}
