package ca.assistantgazelle.bench.collector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Inserts runs directly into the ledger and waits for their outcome. */
final class BenchLedger {
    private static final long POLL_MILLIS = 5;
    private static final long LIMIT_NANOS = 300_000_000_000L;

    private final Connection connection;

    BenchLedger(Connection connection) {
        this.connection = connection;
    }

    List<UUID> insertRuns(int runs) throws SQLException {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < runs; i++) {
            ids.add(UUID.randomUUID());
        }
        try (var insert = connection.prepareStatement("""
                insert into automation.run (run_id, job, cause, scheduled_for, parameters, status, attempt, max_attempts)
                select id, 'sync_gazelle_2h', 'MANUAL', now(), '{}', 'queued', 1, 3 from unnest(?::uuid[]) as id
                """)) {
            insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            insert.executeUpdate();
        }
        return ids;
    }

    void awaitSucceeded(List<UUID> runs) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        // Uses a small partial index: counting all these runs on every poll would take a core from the
        // processes under test.
        try (var open = connection.prepareStatement("""
                select count(*) from (
                  select 1 from automation.run
                  where job = 'sync_gazelle_2h' and status in ('queued', 'running', 'waiting_retry') limit 1) open
                """);
                var closed = connection.prepareStatement(
                        "select count(*) from automation.run where run_id = any (?) and status = 'success'")) {
            closed.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
            while (count(open) > 0) {
                if (System.nanoTime() - begin > LIMIT_NANOS) {
                    throw new IllegalStateException("Not all runs ended within 300 s");
                }
                Thread.sleep(POLL_MILLIS);
            }
            if (count(closed) != runs.size()) {
                throw new IllegalStateException("Only " + count(closed) + " runs succeeded");
            }
        }
    }

    /** Number of rows in all tables that the lifecycle consumer writes. */
    long countRows() throws SQLException {
        try (var all = connection.prepareStatement("""
                select (select count(*) from automation.run) + (select count(*) from automation.attempt)
                  + (select count(*) from public.scheduler_logs)
                """)) {
            return count(all);
        }
    }

    private static long count(java.sql.PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
