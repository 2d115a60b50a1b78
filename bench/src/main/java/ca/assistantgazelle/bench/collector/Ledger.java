package ca.assistantgazelle.bench.collector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Opens runs in the ledger without asking anybody, and looks at what became of them. */
final class Ledger {
  private static final long LOOK_MILLIS = 5;
  private static final long LIMIT_NANOS = 300_000_000_000L;

  private final Connection connection;

  Ledger(Connection connection) {
    this.connection = connection;
  }

  List<UUID> open(int runs) throws SQLException {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < runs; i++) {
      ids.add(UUID.randomUUID());
    }
    try (var insert =
        connection.prepareStatement(
            """
            insert into automation.run (run_id, job, cause, scheduled_for, parameters, status, attempt, max_attempts)
            select id, 'sync_gazelle_2h', 'MANUAL', now(), '{}', 'queued', 1, 3 from unnest(?::uuid[]) as id
            """)) {
      insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      insert.executeUpdate();
    }
    return ids;
  }

  void awaitClosed(List<UUID> runs) throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    // A look into a small partial index: counting these runs each time would take a core from those
    // who close them.
    try (var open =
            connection.prepareStatement(
                """
                select count(*) from (
                  select 1 from automation.run
                  where job = 'sync_gazelle_2h' and status in ('queued', 'running', 'waiting_retry') limit 1) open
                """);
        var closed =
            connection.prepareStatement(
                "select count(*) from automation.run where run_id = any (?) and status = 'success'")) {
      closed.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
      while (count(open) > 0) {
        if (System.nanoTime() - begin > LIMIT_NANOS) {
          throw new IllegalStateException("not all runs were closed");
        }
        Thread.sleep(LOOK_MILLIS);
      }
      if (count(closed) != runs.size()) {
        throw new IllegalStateException("only " + count(closed) + " runs succeeded");
      }
    }
  }

  /** Of everything the collector writes. */
  long rows() throws SQLException {
    try (var all =
        connection.prepareStatement(
            """
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
