package ca.assistantgazelle.scheduler.audit;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Records who changed what through the API, in the transaction of the change. */
@Singleton
public class AuditLog {
    private final Clock clock;

    public AuditLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param actor name of the caller's token
     * @param runId null if the action concerns a job, not a run
     */
    public void append(
            SqlQueries transaction, String actor, String action, String job, UUID runId, Map<String, Object> details) {
        transaction.update("""
                insert into automation.audit (at, actor, action, job, run_id, details)
                values ($1, $2, $3, $4, $5, $6::text::jsonb)
                """, clock.instant(), actor, action, job, runId, EventJson.write(details));
    }
}
