package ca.assistantgazelle.scheduler.ledger;

import java.time.Instant;

/**
 * When a run is meant for.
 *
 * @param key identity of a planned fire within its job; null for a requested run
 * @param nominal planned local date and time; null for a requested run
 * @param zone IANA zone of {@code nominal}; null with it
 * @param scheduledFor the instant the run is meant for
 * @param usefulUntil the run is of no use after this; never renewed for a planned run; null = no limit
 */
public record RunFire(String key, String nominal, String zone, Instant scheduledFor, Instant usefulUntil) {
    /** Of a run requested at this instant. */
    public static RunFire requested(Instant at, Instant usefulUntil) {
        return new RunFire(null, null, null, at, usefulUntil);
    }

    /** Whether the run is of no use any more. */
    public boolean isOver(Instant now) {
        return usefulUntil != null && !now.isBefore(usefulUntil);
    }

    /** The same fire; a requested run gets a new limit, a planned one keeps its own. */
    RunFire renewed(Instant limit) {
        return key == null ? new RunFire(null, nominal, zone, scheduledFor, limit) : this;
    }
}
