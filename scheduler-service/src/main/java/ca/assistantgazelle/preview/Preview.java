package ca.assistantgazelle.preview;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.timetable.Fire;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a job is planned between two local dates.
 *
 * @param fires those that run, in order
 * @param notFired nominal times that do not run: excluded days, local times that do not exist
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Preview(
    String job, String zone, String environment, List<Planned> fires, List<Planned> notFired) {
  /** The longest period that may be asked for. */
  public static final int MOST_DAYS = 1_100;

  /** The most fires that are told. */
  public static final int MOST_FIRES = 200_000;

  /**
   * @param at null when it does not run
   * @param note what is special about it, or null
   * @param reason the same in a sentence, or null
   */
  public record Planned(String nominal, Instant at, String note, String reason) {
    static Planned of(Fire fire) {
      return new Planned(
          fire.nominal().toString(),
          fire.runs() ? fire.at() : null,
          fire.note() == null ? null : fire.note().name(),
          fire.reason());
    }
  }

  /**
   * @param to exclusive
   * @throws IllegalArgumentException when there are too many fires
   */
  public static Preview of(Job job, String environment, LocalDate from, LocalDate to) {
    var timetable = job.planning().schedule().timetable();
    var fires = new ArrayList<Fire>();
    for (var date = from; date.isBefore(to); date = date.plusDays(1)) {
      fires.addAll(timetable.fires(date, date.plusDays(1)));
      if (fires.size() > MOST_FIRES) {
        throw new IllegalArgumentException(
            "more than " + MOST_FIRES + " fires by " + date + "; ask for a shorter period");
      }
    }
    fires.sort(Comparator.comparing(Fire::at).thenComparing(Fire::nominal));
    return new Preview(
        job.id(),
        timetable.zone().getId(),
        environment,
        fires.stream().filter(Fire::runs).map(Planned::of).toList(),
        fires.stream().filter(fire -> !fire.runs()).map(Planned::of).toList());
  }
}
