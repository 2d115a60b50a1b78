package ca.assistantgazelle.scheduler.ledger;

import io.vertx.mutiny.sqlclient.Row;

/**
 * A run whose wait is over.
 *
 * @param awaitedStatus status of the run it waited for; null when there is none
 */
public record ReleasableRun(JobRun run, RunStatus awaitedStatus) {
    static ReleasableRun of(Row row) {
        var awaited = row.getString("awaited_status");
        return new ReleasableRun(
                RunRows.fromRow(row),
                awaited == null ? null : RunStatus.of(awaited).orElseThrow());
    }
}
