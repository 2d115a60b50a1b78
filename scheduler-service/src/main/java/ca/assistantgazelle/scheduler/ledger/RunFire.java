package ca.assistantgazelle.scheduler.ledger;

import java.time.Instant;

/**
 * When a run is meant for.
 *
 * @param key identity of a planned fire within its job; null for a requested run
 * @param nominal planned local date and time; null for a requested run
 * @param zone IANA zone of {@code nominal}; null with it
 * @param scheduledFor the instant the run is meant for
 * @param usefulUntil the trigger expires then; null = no limit
 */
public record RunFire(String key, String nominal, String zone, Instant scheduledFor, Instant usefulUntil) {
    /** Of a run requested at this instant. */
    public static RunFire requested(Instant at, Instant usefulUntil) {
        return new RunFire(null, null, null, at, usefulUntil);
    }

    RunFire withUsefulUntil(Instant expiry) {
        return new RunFire(key, nominal, zone, scheduledFor, expiry);
    }
}
