package ca.assistantgazelle.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What grows is deleted, and nothing else. */
@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class RetentionJobTest {
    @Inject
    Database database;

    @Inject
    RetentionJob job;

    @BeforeEach
    void removeEarlierRuns() {
        database.update("delete from automation.run where job in ('old_job', 'retention_daily')");
    }

    @Test
    void oldRunsGoInSlicesAndTheNewestSuccessStays() {
        insertRuns(12_000, "interval '500 days'", "success");
        insertRuns(10, "interval '10 days'", "error");
        insertRuns(1, "interval '500 days'", "running");
        var deleted = job.deleteAll();
        // Other tests of this database may have left an old run.
        assertThat(deleted.get("runs")).isGreaterThanOrEqualTo(11_999L);
        assertThat(deleted).doesNotContainKey(null);
        assertThat(count("automation.run where job = 'old_job'")).isEqualTo(12);
        assertThat(count("automation.run where job = 'old_job' and status = 'success'"))
                .isEqualTo(1);
    }

    @Test
    void theInboxIsKeptForAsLongAsTriggersCanBeReadAgain() {
        database.update("""
                insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, accepted_at)
                select gen_random_uuid(), 1, 'sync', 'old_job', '{}', state, 1, now() - age
                from (values ('done', interval '61 days'), ('done', interval '59 days'), ('waiting', interval '90 days')) as t (state, age)
                """);
        assertThat(job.deleteAll().get("inbox")).isPositive();
        assertThat(count("automation.inbox where job = 'old_job'")).isEqualTo(2);
        database.update("delete from automation.inbox where job = 'old_job'");
    }

    @Test
    void everyKindOfRowsIsKnownToTheDatabase() {
        assertThat(job.deleteAll().keySet()).hasSize(RetentionKind.values().length);
    }

    @Test
    void durationsBelowTheFloorAreRefused() {
        assertThatThrownBy(
                        () -> config(Duration.ofDays(34), Duration.ofDays(60)).requireValid())
                .hasMessageContaining("gazelle.retention.history is PT816H")
                .hasMessageContaining("35 days");
        assertThatThrownBy(
                        () -> config(Duration.ofDays(400), Duration.ofDays(1)).requireValid())
                .hasMessageContaining("gazelle.retention.inbox");
        config(Duration.ofDays(35), Duration.ofDays(35)).requireValid();
    }

    private static RetentionConfig config(Duration history, Duration inbox) {
        return new RetentionConfig() {
            @Override
            public Duration history() {
                return history;
            }

            @Override
            public Duration inbox() {
                return inbox;
            }
        };
    }

    private void insertRuns(int number, String age, String status) {
        database.update("""
                insert into automation.run (run_id, job, cause, scheduled_for, status, attempt, max_attempts, created_at, finished_at)
                select gen_random_uuid(), 'old_job', 'MANUAL', at, $2, 1, 1, at, case when $2 <> 'running' then at end
                from (select now() - %s + make_interval(secs => n) as at from generate_series(1, $1) as n) times
                """.formatted(age), number, status);
    }

    private long count(String rows) {
        return database.first("select count(*) from " + rows, row -> row.getLong(0))
                .orElseThrow();
    }
}
