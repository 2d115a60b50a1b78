package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.sync.mirror.PipelineCounts;
import ca.assistantgazelle.worker.execution.JobContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the progress of a run's pipelines and reports it. */
public final class SyncProgress {
    private final JobContext jobContext;
    private final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();
    private final Map<String, PipelineCounts> countsByPipeline = new LinkedHashMap<>();

    public SyncProgress(JobContext context) {
        this.jobContext = context;
    }

    /**
     * @param entity of the pipeline
     * @param read records stored so far
     * @param total Gazelle's total number of records
     */
    synchronized void report(String entity, PipelineCounts tallies, int read, int total) {
        countsByPipeline.put(entity, tallies);
        entities.put(entity, Map.of("read", read, "total", total));
        var counted = new PipelineCounts();
        countsByPipeline.values().forEach(counted::add);
        jobContext.reportProgress(counted.asMap(), Map.of("entities", new LinkedHashMap<>(entities)));
    }
}
