package ca.assistantgazelle.backup.retention;

import java.time.Instant;

/**
 * A backup at one destination, as seen by retention.
 *
 * @param sound complete, and neither damaged nor tampered with
 * @param verified sound, and passed a full read-back
 * @param pinned never removed
 * @param leasedUntil in use until then; null if not in use
 */
public record RetentionCandidate(
        String id, Instant takenAt, boolean sound, boolean verified, boolean pinned, Instant leasedUntil) {}
