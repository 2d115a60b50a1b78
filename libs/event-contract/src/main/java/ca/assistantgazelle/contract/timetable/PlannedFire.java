package ca.assistantgazelle.contract.timetable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * One planned occurrence of a job.
 *
 * @param nominal the local time of the schedule, whether or not it exists that day
 * @param at when it falls due
 * @param key identity of the occurrence within its job: the nominal time, followed by the offset for the second of two
 * @param note null for an ordinary one
 * @param reason explanation of the note; null for an ordinary one
 */
public record PlannedFire(LocalDateTime nominal, Instant at, String key, PlannedFireNote note, String reason) {
    static final Comparator<PlannedFire> BY_DUE_TIME =
            Comparator.comparing(PlannedFire::at).thenComparing(PlannedFire::nominal);

    static PlannedFire ordinary(LocalDateTime nominal, Instant at) {
        return new PlannedFire(nominal, at, nominal.toString(), null, null);
    }

    /** Whether it runs; otherwise its row gives the reason. */
    public boolean runs() {
        return note == null || note.runs();
    }
}
