package ca.assistantgazelle.worker.execution;

import java.util.Map;

/**
 * Result of a job.
 *
 * @param counts counts by entity and operation
 * @param details further results to store; no personal data
 */
public record JobResult(Map<String, Map<String, Long>> counts, Map<String, Object> details) {}
