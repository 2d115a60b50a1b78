package ca.assistantgazelle.scheduler.preview;

import ca.assistantgazelle.contract.timetable.PlannedFire;
import java.time.Instant;

/**
 * A planned fire.
 *
 * @param at null if it does not run
 * @param note code for what is special about it, or null
 * @param reason explanation of the note, or null
 */
public record PreviewedFire(String nominal, Instant at, String note, String reason) {
    static PreviewedFire of(PlannedFire fire) {
        return new PreviewedFire(
                fire.nominal().toString(),
                fire.runs() ? fire.at() : null,
                fire.note() == null ? null : fire.note().name(),
                fire.reason());
    }
}
