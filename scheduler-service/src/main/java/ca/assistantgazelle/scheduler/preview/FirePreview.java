package ca.assistantgazelle.scheduler.preview;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The planned fires of a job between two local dates.
 *
 * @param fires fires that run, in chronological order
 * @param notFired fires that do not run: excluded days, local times that do not exist
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FirePreview(
        String job, String zone, String environment, List<PreviewedFire> fires, List<PreviewedFire> notFired) {
    /** The longest period that can be requested. */
    public static final int MAX_DAYS = 1_100;

    /** Maximum number of fires in a preview. */
    public static final int MAX_FIRES = 200_000;

    /**
     * @param to exclusive
     * @throws IllegalArgumentException if there are too many fires
     */
    public static FirePreview of(JobDefinition job, String environment, LocalDate from, LocalDate to) {
        var timetable = job.scheduling().schedule().timetable();
        var fires = new ArrayList<PlannedFire>();
        for (var date = from; date.isBefore(to); date = date.plusDays(1)) {
            fires.addAll(timetable.fires(date, date.plusDays(1)));
            if (fires.size() > MAX_FIRES) {
                throw new IllegalArgumentException(
                        "more than " + MAX_FIRES + " fires by " + date + "; request a shorter period");
            }
        }
        fires.sort(Comparator.comparing(PlannedFire::at).thenComparing(PlannedFire::nominal));
        return new FirePreview(
                job.id(),
                timetable.zone().getId(),
                environment,
                fires.stream().filter(PlannedFire::runs).map(PreviewedFire::of).toList(),
                fires.stream()
                        .filter(fire -> !fire.runs())
                        .map(PreviewedFire::of)
                        .toList());
    }
}
