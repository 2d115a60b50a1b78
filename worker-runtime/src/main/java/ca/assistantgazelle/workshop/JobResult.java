package ca.assistantgazelle.workshop;

import java.util.Map;

/**
 * What a job did.
 *
 * @param counts per entity, per verb
 * @param details whatever else is worth keeping; no personal data
 */
public record JobResult(Map<String, Map<String, Long>> counts, Map<String, Object> details) {}
