package ca.assistantgazelle.workshop;

import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.sql.Queries;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** What a job works with during one attempt. */
public interface Workbench {
  Trigger trigger();

  /** When the attempt started, by the database's clock. */
  Instant startedAt();

  RunLog log();

  /**
   * All of the work or nothing of it, and only while this attempt is still ours.
   *
   * @throws ca.assistantgazelle.desk.FenceLostException when it was taken over
   */
  <T> T write(Function<Queries, T> work);

  /** Reads; needs no fence. */
  Queries read();

  /** Publishes how far the job is; more often than once a second is dropped. */
  void progress(Map<String, Map<String, Long>> counts, Map<String, Object> details);
}
