package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.sync.mirror.EntitySyncCounts;
import ca.assistantgazelle.sync.mirror.PipelineCounts;
import ca.assistantgazelle.worker.execution.JobContext;
import java.util.UUID;

/**
 * Context of one pipeline of a run.
 *
 * @param counts of this pipeline only, as pipelines run concurrently
 */
public record ScanContext(JobContext jobContext, SyncDateWindow window, PipelineCounts counts, SyncProgress progress) {
    public UUID runId() {
        return jobContext.trigger().runId();
    }

    public EntitySyncCounts countsOf(String entity) {
        return counts.of(entity);
    }
}
