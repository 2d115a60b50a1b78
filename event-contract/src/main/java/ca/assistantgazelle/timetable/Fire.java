package ca.assistantgazelle.timetable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * One planned occurrence of a job.
 *
 * @param nominal the local time the timetable names, whether or not it exists that day
 * @param at when it falls due
 * @param key identity of the occurrence within its job: the nominal time, followed by the offset
 *     for the second of two
 * @param note null for an ordinary one
 * @param reason a sentence about the note; null for an ordinary one
 */
public record Fire(LocalDateTime nominal, Instant at, String key, FireNote note, String reason) {
  static final Comparator<Fire> ORDER = Comparator.comparing(Fire::at).thenComparing(Fire::nominal);

  static Fire ordinary(LocalDateTime nominal, Instant at) {
    return new Fire(nominal, at, nominal.toString(), null, null);
  }

  /** Whether it runs; the others get a row that says why not. */
  public boolean runs() {
    return note == null || note.runs();
  }
}
