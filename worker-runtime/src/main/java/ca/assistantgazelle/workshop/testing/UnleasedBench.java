package ca.assistantgazelle.workshop.testing;

import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import ca.assistantgazelle.workshop.RunLog;
import ca.assistantgazelle.workshop.Workbench;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/**
 * A workbench without a lease, for tests of what a job does; the lease is tested where it lives.
 */
public record UnleasedBench(Trigger trigger, Instant startedAt, Database database)
    implements Workbench {
  @Override
  public RunLog log() {
    return new RunLog(trigger.runId(), trigger.job(), trigger.attempt(), Clock.systemUTC());
  }

  @Override
  public <T> T write(Function<Queries, T> work) {
    return database.inTransaction(work);
  }

  @Override
  public Queries read() {
    return database;
  }

  @Override
  public void progress(Map<String, Map<String, Long>> counts, Map<String, Object> details) {
    // Nobody listens.
  }
}
