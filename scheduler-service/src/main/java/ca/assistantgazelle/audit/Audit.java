package ca.assistantgazelle.audit;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** Who changed what through the API, written in the transaction of the change. */
@Singleton
public class Audit {
  private final Clock clock;

  public Audit(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param actor name of the caller's token
   * @param runId null when it concerns a job as a whole
   */
  public void note(
      Queries transaction,
      String actor,
      String action,
      String job,
      UUID runId,
      Map<String, Object> details) {
    transaction.update(
        """
        insert into automation.audit (at, actor, action, job, run_id, details)
        values ($1, $2, $3, $4, $5, $6::text::jsonb)
        """,
        clock.instant().atOffset(ZoneOffset.UTC),
        actor,
        action,
        job,
        runId,
        EventJson.write(details));
  }
}
