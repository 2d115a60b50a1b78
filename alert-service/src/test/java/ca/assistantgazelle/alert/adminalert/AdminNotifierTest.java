package ca.assistantgazelle.alert.adminalert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.alert.notification.MailServerResource;
import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.emulators.mail.MailFault;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MailServerResource.class)
class AdminNotifierTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    @Inject
    Database database;

    @Inject
    Clock clock;

    @Inject
    GazelleTokenExpiryMonitor tokens;

    @Inject
    BackupHealthMonitor backups;

    @Inject
    RunRecoveryMonitor recoveries;

    private final MailServer mail = MailServerResource.mail();

    @BeforeEach
    void clearNotificationsAndMails() {
        database.update("truncate automation.notification");
        mail.faults().clear();
        mail.clear();
    }

    @Test
    void everyChannelIsSetSoThatNothingIsLost() {
        var config = ConfigProvider.getConfig();
        assertThat(RequiredChannelSettings.violations(
                        config.getPropertyNames(),
                        name -> config.getOptionalValue(name, String.class).orElse(null)))
                .isEmpty();
    }

    @Test
    void onlyTheEventThatCannotBeStoredGoesToTheDeadLetters() throws Exception {
        var before = deadLetters().size();
        database.update(
                "alter table automation.notification add constraint refused_in_test check (payload ->> 'job' is distinct from 'refused')");
        publish(
                event("refused", LifecycleEventType.RUN_FAILED, "TIME_LIMIT"),
                event(LifecycleEventType.RUN_FAILED, "TIME_LIMIT"),
                event(LifecycleEventType.SUCCEEDED, null));
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        await().atMost(TIMEOUT).until(() -> deadLetters().size() > before);
        assertThat(deadLetters().subList(before, deadLetters().size()))
                .singleElement()
                .satisfies(message -> assertThat(TestTopicClient.header(message, "dead-letter-reason"))
                        .startsWith("could not be stored: "));
        database.update("alter table automation.notification drop constraint refused_in_test");
    }

    @Test
    void anEventWithCharactersThatPostgresqlRefusesIsMailedAllTheSame() throws Exception {
        publish(event("sync\u0000", LifecycleEventType.RUN_FAILED, "TIME_LIMIT"));
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters() {
        return TestTopicClient.readAll("jobs.dlq.lifecycle.v1");
    }

    @Test
    void aFailedRunIsMailedOnceInFrench() throws Exception {
        var failed = event(LifecycleEventType.RUN_FAILED, "GAZELLE_TOKEN_REFUSED");
        publish(failed, failed, event(LifecycleEventType.SUCCEEDED, null));
        await().atMost(TIMEOUT).until(() -> !mail.messages().isEmpty());
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        var received = mail.messages().getFirst();
        assertThat(received.recipients()).containsExactly("admin@essai.example");
        assertThat(received.header("Subject")).isEqualTo("[Gazelle] Échec : Synchronisation Gazelle → base de données");
        assertThat(received.text())
                .contains(
                        "La clé d'accès à Gazelle n'est plus acceptée.",
                        "GAZELLE_TOKEN_REFUSED",
                        "Gazelle refuse notre clé",
                        failed.runId().toString())
                .doesNotContain("secret-value");
        assertThat(mail.messages()).hasSize(1);
    }

    @Test
    void eventsAreMailedTogetherIncludingRecoveries() throws Exception {
        publish(
                event(LifecycleEventType.RUN_OVERDUE, "RUN_OVERDUE"),
                event(LifecycleEventType.RUN_FAILED, "SOMETHING_NEW"),
                event(LifecycleEventType.RUN_RECOVERED, null));
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT", "SENT", "SENT")));
        assertThat(mail.messages()).hasSize(1);
        assertThat(mail.messages().getFirst().text())
                .contains("En retard :", "Échec :", "Rétabli :", "Rien à faire", "Autre erreur");
    }

    @Test
    void aReportedFailureThatSucceedsLaterIsReportedOnceMoreInTheSameThread() throws Exception {
        var failed = event("backup_supabase_daily", LifecycleEventType.RUN_FAILED, "TIME_LIMIT");
        publish(failed);
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        try {
            recoveries.notifyRecovered(clock.instant().plusSeconds(60));
            assertThat(statuses()).as("nothing has succeeded since").hasSize(1);
            success("backup_supabase_daily", failed.at().plusSeconds(5));
            success("backup_supabase_daily", failed.at().plusSeconds(15));
            recoveries.notifyRecovered(clock.instant().plusSeconds(60));
            recoveries.notifyRecovered(clock.instant().plusSeconds(60));
            await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT", "SENT")));
        } finally {
            database.update("delete from public.scheduler_logs where job_name = 'backup_supabase_daily'");
        }
        assertThat(mail.messages()).hasSize(2);
        var recovered = mail.messages().getLast();
        assertThat(recovered.header("Subject")).startsWith("[Gazelle] Rétabli : ");
        assertThat(recovered.header("In-Reply-To"))
                .isEqualTo(mail.messages().getFirst().header("Message-ID"));
    }

    private void success(String job, Instant startedAt) {
        database.update(
                "insert into public.scheduler_logs (job_name, started_at, completed_at, status) values ($1, $2, $3, 'success')",
                job,
                startedAt,
                startedAt.plusSeconds(1));
    }

    @Test
    void anOverdueRunThatNoSchedulerWroteLinksToItsJob() throws Exception {
        var overdue = event(LifecycleEventType.RUN_OVERDUE, "RUN_OVERDUE");
        publish(overdue);
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        assertThat(mail.messages().getFirst().text())
                .contains("/api/scheduler/runs?job=" + overdue.job())
                .doesNotContain(overdue.runId().toString());
    }

    @Test
    void anExpiringTokenIsMailedOnce() {
        token("long", Duration.ofDays(30), Duration.ofHours(11));
        token("renewed", Duration.ofDays(30), Duration.ofHours(13));
        token("short", Duration.ofHours(2), Duration.ofMinutes(10));
        try {
            tokens.notifyExpiring(clock.instant());
            tokens.notifyExpiring(clock.instant());
            await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        } finally {
            database.update("truncate automation.gazelle_token");
        }
        var received = mail.messages().getFirst();
        assertThat(received.header("Subject"))
                .isEqualTo("[Gazelle] Attention : L'autorisation de Gazelle expire bientôt");
        assertThat(received.text())
                .contains("GAZELLE_OAUTH_REFRESH_TOKEN", "GAZELLE_TOKEN_EXPIRING")
                .doesNotContain("Exécution :");
        assertThat(mail.messages()).hasSize(1);
    }

    @Test
    void aMissingOrStaleBackupIsMailedOnce() {
        var now = clock.instant();
        try {
            backup("20260101T080000Z-aaaaaa", "MISSING", now.minus(Duration.ofHours(50)));
            backup("20260102T080000Z-bbbbbb", "VERIFIED", now.minus(Duration.ofHours(25)));
            backups.notifyDamaged(now);
            backups.notifyStale(now);
            assertThat(errorClasses()).containsExactly("BACKUP_DAMAGED");
            var later = now.plus(Duration.ofHours(2));
            backups.notifyDamaged(later);
            backups.notifyStale(later);
            backups.notifyStale(later);
            assertThat(errorClasses()).containsExactly("BACKUP_DAMAGED", "BACKUP_STALE");
            await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT", "SENT")));
        } finally {
            database.update("truncate automation.backup_copy");
        }
        assertThat(mail.messages().getFirst().text())
                .contains(
                        "Attention : Une sauvegarde est absente ou abîmée",
                        "Aucune sauvegarde vérifiée depuis 26 heures",
                        "20260101T080000Z-aaaaaa");
    }

    @Test
    void aBackupThatNeverRanIsStaleFromWhenTheJobIsWatched() {
        var now = clock.instant();
        database.update(
                "insert into automation.watched_deadline (job, schedule, since) values ('backup_supabase_daily', '-', $1) on conflict (job) do update set since = excluded.since",
                now.minus(Duration.ofHours(27)));
        try {
            backups.notifyStale(now);
            assertThat(errorClasses()).containsExactly("BACKUP_STALE");
        } finally {
            database.update("delete from automation.watched_deadline");
        }
    }

    private void backup(String id, String state, Instant takenAt) {
        database.update(
                "insert into automation.backup_copy (backup_id, destination, taken_at, state, checked_at) values ($1, 'file:///x', $2, $3, $2)",
                id,
                takenAt,
                state);
    }

    private List<String> errorClasses() {
        return database.list(
                "select payload -> 'error' ->> 'class' from automation.notification order by 1",
                row -> row.getString(0));
    }

    private void token(String application, Duration lifetime, Duration left) {
        database.update(
                "insert into automation.gazelle_token (client_id, refresh_token, initial_refresh_token_hash, lifetime_seconds, expires_at) values ($1, '\\x00', '\\x00', $2, $3)",
                application,
                lifetime.toSeconds(),
                clock.instant().plus(left));
    }

    @Test
    void aRefusedMailIsRetriedAndNoMailIsSentTwice() throws Exception {
        mail.faults().inject(MailFault.GREYLIST, "admin", 1);
        publish(event(LifecycleEventType.RUN_FAILED, "TIME_LIMIT"));
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("FAILED")));
        database.update("update automation.notification set next_attempt_at = now()");
        await().atMost(TIMEOUT).until(() -> statuses().equals(List.of("SENT")));
        assertThat(mail.messages()).hasSize(1);
    }

    private LifecycleEvent event(LifecycleEventType kind, String errorClass) {
        return event("sync_gazelle_2h", kind, errorClass);
    }

    private LifecycleEvent event(String job, LifecycleEventType kind, String errorClass) {
        var error = errorClass == null
                ? null
                : new RunError(errorClass, false, "password=secret-value refused", "as it says");
        return new LifecycleEvent(
                UUID.randomUUID(),
                job,
                3,
                1_000,
                kind,
                clock.instant(),
                "played",
                0,
                null,
                Map.of(),
                Map.of(),
                error,
                List.of());
    }

    private static void publish(LifecycleEvent... events) throws Exception {
        for (var event : events) {
            TestTopicClient.send(
                    "jobs.lifecycle.v1",
                    event.runId().toString(),
                    EventJson.write(event).getBytes(StandardCharsets.UTF_8),
                    EventHeaders.of(event.eventId(), "/test", LifecycleEvent.TYPE, event.job(), event.at(), null));
        }
    }

    private List<String> statuses() {
        return database.list("select status from automation.notification order by 1", row -> row.getString(0));
    }
}
