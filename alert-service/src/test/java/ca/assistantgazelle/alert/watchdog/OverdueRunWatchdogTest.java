package ca.assistantgazelle.alert.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.topic.KafkaTopics;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No scheduler runs in any of these tests. */
@QuarkusTest
@QuarkusTestResource(AlertTestResource.class)
class OverdueRunWatchdogTest {
    private static final String REPORT = "timeline_report_daily";
    private static final UUID UNRECORDED_RUN =
            UUID.nameUUIDFromBytes((REPORT + " 2026-03-08T02:00").getBytes(StandardCharsets.UTF_8));
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject
    OverdueRunWatchdog watchdog;

    @Inject
    Database database;

    @BeforeEach
    void resetToTheEveningBefore() {
        // Must come first: the service's own periodic check may run at any moment.
        WatchdogClock.CLOCK.set(Instant.parse("2026-03-07T23:00:00Z"));
        database.update("delete from automation.overdue");
        database.update("delete from automation.watched_deadline");
        database.update("delete from automation.outbox");
        database.update("delete from automation.run");
        database.update("delete from automation.job_state");
        database.update("delete from public.scheduler_logs");
        checkAt("2026-03-07T23:00:00Z");
        for (var job : List.of(
                "sync_gazelle_2h", "backup_supabase_daily", "alertes_rv_court_terme", "alertes_rv_long_terme")) {
            succeeded(job, "2026-03-20T00:00:00Z");
        }
    }

    private void checkAt(String instant) {
        WatchdogClock.CLOCK.set(Instant.parse(instant));
        watchdog.checkDeadlines();
    }

    private void succeeded(String job, String at) {
        database.update("""
                insert into public.scheduler_logs (id, job_name, status, started_at, completed_at)
                values ($1, $2, 'success', $3, $3)
                """, UUID.randomUUID(), job, Instant.parse(at).atOffset(ZoneOffset.UTC));
    }

    private List<String> outboxEvents() {
        return database.list(
                "select payload::jsonb ->> 'event' from automation.outbox order by id", row -> row.getString(0));
    }

    private void insertRun(String status, String disposition) {
        database.update("""
        insert into automation.run (run_id, job, cause, fire_key, nominal, scheduled_for, status, disposition, max_attempts)
        values ($1, $2, 'SCHEDULED', '2026-03-08T02:00', '2026-03-08T02:00', '2026-03-08T07:00:00Z', $3, $4, 2)
        """, UUID.randomUUID(), REPORT, status, disposition);
    }

    @Test
    void theDeadlineFollowsTheShiftedFireAndIsReportedAndRecoveredOnce() {
        checkAt("2026-03-08T07:29:59Z");
        assertThat(outboxEvents()).isEmpty();
        checkAt("2026-03-08T07:30:01Z");
        checkAt("2026-03-08T07:31:00Z");
        assertThat(outboxEvents()).containsExactly("RUN_OVERDUE");
        succeeded(REPORT, "2026-03-08T08:15:00Z");
        checkAt("2026-03-08T08:16:00Z");
        checkAt("2026-03-08T08:17:00Z");
        assertThat(outboxEvents()).containsExactly("RUN_OVERDUE", "RUN_RECOVERED");
        await().atMost(TIMEOUT).until(() -> published().size() == 2);
        assertThat(published().getFirst().error().message())
                .isEqualTo("timeline_report_daily of 2026-03-08T02:00 had not succeeded by 03:30 (America/Toronto).");
    }

    private static List<LifecycleEvent> published() {
        return TestTopicClient.readAll(KafkaTopics.LIFECYCLE).stream()
                .map(message -> EventJson.read(message.value(), LifecycleEvent.class))
                .filter(event -> event.event() == LifecycleEventType.RUN_OVERDUE
                        || event.event() == LifecycleEventType.RUN_RECOVERED)
                .filter(event -> event.runId().equals(UNRECORDED_RUN))
                .distinct()
                .toList();
    }

    @Test
    void aTimelySuccessIsNotReported() {
        succeeded(REPORT, "2026-03-08T07:05:00Z");
        checkAt("2026-03-08T12:00:00Z");
        assertThat(outboxEvents()).isEmpty();
    }

    @Test
    void aFailedRunIsNotReportedAgain() {
        insertRun("error", "RAN");
        checkAt("2026-03-08T12:00:00Z");
        assertThat(outboxEvents()).isEmpty();
    }

    @Test
    void aPausedJobIsNotOverdue() {
        insertRun("not_run", "SUPPRESSED_PAUSED");
        checkAt("2026-03-08T12:00:00Z");
        assertThat(outboxEvents()).isEmpty();
    }

    @Test
    void aHangingRunIsOverdue() {
        insertRun("running", null);
        checkAt("2026-03-08T12:00:00Z");
        assertThat(outboxEvents()).containsExactly("RUN_OVERDUE");
    }

    @Test
    void theExtraHourOfNovemberIsNotOverdue() {
        succeeded(REPORT, "2026-10-31T06:05:00Z");
        succeeded("sync_gazelle_2h", "2026-11-01T00:00:00Z");
        checkAt("2026-10-31T23:00:00Z");
        database.update("delete from automation.outbox");
        // 02:00 EST is 07:00Z; an hour earlier the clock showed 01:00 for the second time.
        checkAt("2026-11-01T06:45:00Z");
        assertThat(outboxEvents()).isEmpty();
    }

    @Test
    void firesBeforeTheJobWasWatchedAreIgnored() {
        database.update("delete from automation.watched_deadline");
        checkAt("2026-03-08T12:00:00Z");
        assertThat(outboxEvents()).isEmpty();
    }
}
