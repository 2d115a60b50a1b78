package ca.assistantgazelle.retention;

import java.time.Instant;

/**
 * A backup of one destination, as retention sees it.
 *
 * @param sound complete, and neither damaged nor tampered with
 * @param verified sound, and read back whole
 * @param pinned somebody wants it kept
 * @param leasedUntil somebody is reading it, or the store has locked it; null = nobody
 */
public record Candidate(
    String id,
    Instant takenAt,
    boolean sound,
    boolean verified,
    boolean pinned,
    Instant leasedUntil) {}
