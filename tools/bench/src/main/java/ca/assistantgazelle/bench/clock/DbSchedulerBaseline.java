package ca.assistantgazelle.bench.clock;

import ca.assistantgazelle.emulators.postgres.PostgresServer;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The baseline: two db-scheduler instances on the same PostgreSQL, with the polling strategy that its documentation
 * recommends for throughput (lock-and-fetch), polling once a second.
 */
final class DbSchedulerBaseline implements AutoCloseable {
    private static final String TABLE = """
            create table if not exists scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea,
              execution_time timestamptz not null, picked boolean not null, picked_by text,
              last_success timestamptz, last_failure timestamptz, consecutive_failures int,
              last_heartbeat timestamptz, version bigint not null, priority smallint,
              primary key (task_name, task_instance));
            create index if not exists execution_time_idx on scheduled_tasks (execution_time);
            create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            create index if not exists priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);
            """;

    private final Clock clock = Clock.systemUTC();
    private final PostgresServer postgres;
    private final HikariDataSource pool;
    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final List<Scheduler> schedulers = new ArrayList<>();

    DbSchedulerBaseline(PostgresServer postgres, boolean immediate) throws SQLException {
        this.postgres = postgres;
        execute(TABLE);
        execute("truncate scheduled_tasks");
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + PostgresServer.DATABASE);
        config.setUsername(PostgresServer.USER);
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(24);
        this.pool = new HikariDataSource(config);
        for (int i = 0; i < 2; i++) {
            var builder = Scheduler.create(pool, task())
                    .threads(10)
                    .pollUsingLockAndFetch(0.5, 4.0)
                    .pollingInterval(Duration.ofSeconds(1));
            if (immediate) {
                builder.enableImmediateExecution();
            }
            schedulers.add(builder.build());
        }
    }

    private OneTimeTask<Void> task() {
        return Tasks.oneTime("bench").execute((instance, context) -> started.put(instance.getId(), clock.instant()));
    }

    void start() {
        schedulers.forEach(Scheduler::start);
    }

    /** Schedules {@code count} executions for one instant. */
    void scheduleBatch(String prefix, int count, Instant at) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.prepareStatement("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        select 'bench', ? || i, ?, false, 1 from generate_series(1, ?) as i
                        """)) {
            statement.setString(1, prefix);
            statement.setTimestamp(2, Timestamp.from(at));
            statement.setInt(3, count);
            statement.executeUpdate();
        }
    }

    /** Schedules one execution through the API, as an application does. */
    void schedule(String id, Instant at) {
        schedulers.getFirst().schedule(task().instance(id), at);
    }

    /**
     * Waits until {@code count} executions with the prefix have started.
     *
     * @return start times by id
     */
    Map<String, Instant> await(String prefix, int count) throws InterruptedException {
        var limit = clock.instant().plusSeconds(180);
        while (started.keySet().stream().filter(id -> id.startsWith(prefix)).count() < count) {
            if (clock.instant().isAfter(limit)) {
                throw new IllegalStateException("db-scheduler did not finish within 180 s");
            }
            Thread.sleep(20);
        }
        return started;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        schedulers.forEach(Scheduler::stop);
        pool.close();
    }
}
