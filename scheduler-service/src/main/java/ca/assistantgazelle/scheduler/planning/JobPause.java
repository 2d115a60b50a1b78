package ca.assistantgazelle.scheduler.planning;

import java.time.Instant;

/**
 * The pause of a job.
 *
 * @param until when it ends automatically; null if the job must be resumed manually
 */
record JobPause(Instant since, Instant until, String by, String reason) {
    boolean covers(Instant fire) {
        return !fire.isBefore(since) && (until == null || fire.isBefore(until));
    }

    String describe() {
        return "paused by " + by + (reason == null ? "" : ": " + reason);
    }
}
