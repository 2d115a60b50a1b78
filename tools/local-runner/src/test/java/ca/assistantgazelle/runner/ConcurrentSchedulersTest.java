package ca.assistantgazelle.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runner.testing.SchedulerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three packaged schedulers on one database, killed and suspended while they work. */
class ConcurrentSchedulersTest {
    private static final int JOBS = 1_500;
    private static final Duration TIMEOUT = Duration.ofSeconds(100);

    @TempDir
    Path folder;

    @Test
    void everyFireHasOneRunAndOneTriggerWhenSchedulersDie() throws Exception {
        var jobsFile = jobsFile();
        var schedulers = new ArrayList<SchedulerProcess>();
        try {
            for (int i = 0; i < 3; i++) {
                schedulers.add(new SchedulerProcess(
                        Path.of("../..").toAbsolutePath().normalize(),
                        "scheduler-" + i,
                        jobsFile,
                        TestEnvironment.get().environmentVariables(),
                        Path.of("target").toAbsolutePath()));
                schedulers.get(i).start();
            }
            await().atMost(TIMEOUT).until(() -> schedulers.stream().allMatch(SchedulerProcess::isReady));
            await().atMost(TIMEOUT).until(() -> count("select count(*) from automation.job_state") == JOBS);
            long before = minutes();

            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(() -> minutes() > before);
            schedulers.get(0).kill();
            schedulers.get(1).signal("STOP");
            await().atMost(TIMEOUT).until(ConcurrentSchedulersTest::isEverythingPublished);
            schedulers.get(1).signal("CONT");
            schedulers.get(0).start();
            await().atMost(TIMEOUT).until(schedulers.get(0)::isReady);

            long between = minutes();
            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(() -> minutes() > between);
            schedulers.get(1).kill();
            schedulers.get(2).signal("STOP");
            await().atMost(TIMEOUT).until(ConcurrentSchedulersTest::isEverythingPublished);
            schedulers.get(2).signal("CONT");
        } finally {
            for (var scheduler : schedulers) {
                scheduler.resumeAndKill();
            }
        }
        assertThat(irregularMinutes()).isEmpty();
        assertThat(minutes()).isGreaterThanOrEqualTo(2);
        assertThat(count("select count(*) from automation.run where disposition like 'MISSED%'"))
                .isZero();
        assertEveryRunHasItsTrigger();
    }

    // Half the jobs fire in even minutes, half in odd ones: no run overlaps an open one of its job.
    private Path jobsFile() throws IOException {
        var yaml = new StringBuilder("zone: America/Toronto\njobs:\n");
        IntStream.range(0, JOBS)
                .forEach(
                        i -> yaml.append("  job_")
                                .append(i)
                                .append(": {worker: backup, schedule: [\"")
                                .append(i % 2 == 0 ? "*/2" : "1-59/2")
                                .append(
                                        " * * * *\"], attempts: 1, max_lateness: PT1H, expected: PT1M, hard_limit: PT1H, drain: PT1M}\n"));
        return Files.writeString(folder.resolve("jobs.yaml"), yaml);
    }

    private static long minutes() throws SQLException {
        return count("select count(distinct nominal) from automation.run");
    }

    private static boolean isEverythingPublished() throws SQLException {
        return irregularMinutes().isEmpty()
                && count("select count(*) from automation.outbox where sent_at is null") == 0;
    }

    /** Minutes that do not have exactly one run for half of the jobs. */
    private static List<String> irregularMinutes() throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = TestEnvironment.get().postgres().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select nominal, count(*), count(distinct job) from automation.run group by nominal")) {
            while (rows.next()) {
                if (rows.getInt(2) != JOBS / 2 || rows.getInt(3) != JOBS / 2) {
                    found.add(rows.getString(1) + ": " + rows.getInt(2) + " of " + rows.getInt(3) + " jobs");
                }
            }
        }
        return found;
    }

    private static void assertEveryRunHasItsTrigger() throws SQLException {
        Map<String, String> published = new HashMap<>();
        var ids = new HashSet<String>();
        for (var message : TestTopicClient.readAll("jobs.trigger.backup.v1")) {
            ids.add(TestTopicClient.header(message, "ce_id"));
            published.put(message.key(), TestTopicClient.header(message, "ce_subject"));
        }
        // A trigger may be published twice, but only with the same id.
        assertThat(ids).hasSameSizeAs(published.keySet());
        var runs = new HashSet<String>();
        try (var connection = TestEnvironment.get().postgres().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select run_id::text from automation.run where status = 'queued' and wait_reason is null")) {
            while (rows.next()) {
                runs.add(rows.getString(1));
            }
        }
        assertThat(published.keySet()).isEqualTo(runs);
    }

    private static long count(String sql) throws SQLException {
        try (var connection = TestEnvironment.get().postgres().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
