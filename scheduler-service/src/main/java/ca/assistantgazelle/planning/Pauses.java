package ca.assistantgazelle.planning;

import ca.assistantgazelle.audit.Audit;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stops a job's fires and lets them go on. What falls due in between gets its row,
 * SUPPRESSED_PAUSED; a catch-up starts such rows after all, under the same run id.
 */
@Singleton
public class Pauses {
  private final Database database;
  private final JobStates states;
  private final Timetables timetables;
  private final Planner planner;
  private final Ledger ledger;
  private final Clockwork clockwork;
  private final Audit audit;

  public Pauses(
      Database database,
      JobStates states,
      Timetables timetables,
      Planner planner,
      Ledger ledger,
      Clockwork clockwork,
      Audit audit) {
    this.database = database;
    this.states = states;
    this.timetables = timetables;
    this.planner = planner;
    this.ledger = ledger;
    this.clockwork = clockwork;
    this.audit = audit;
  }

  /** A pause as it stands. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Standing(Instant since, Instant until, String by, String reason) {
    static Standing of(Pause pause) {
      return new Standing(pause.since(), pause.until(), pause.by(), pause.reason());
    }
  }

  /** The pauses that are in force now, by job. */
  public Map<String, Standing> inForce() {
    var now = planner.now();
    var paused = new LinkedHashMap<String, Standing>();
    for (var state : states.all(database)) {
      if (isPaused(state, now)) {
        paused.put(state.job(), Standing.of(state.pause()));
      }
    }
    return paused;
  }

  /** When each planned job's next fire that runs falls due. */
  public Map<String, Instant> nextFires() {
    var next = new LinkedHashMap<String, Instant>();
    for (var state : states.all(database)) {
      if (state.nextAt() != null && !state.removed()) {
        // The next position may be a fire that a calendar takes out.
        timetables
            .of(state.schedule())
            .nextRun(state.plannedUntil())
            .ifPresent(fire -> next.put(state.job(), fire.at()));
      }
    }
    return next;
  }

  /**
   * @param until when it ends by itself, or null
   * @return the pause; empty when the job is paused already
   */
  public Optional<Standing> pause(Job job, String by, String reason, Instant until) {
    return database.inTransaction(
        transaction -> {
          var state = upToNow(transaction, job);
          if (isPaused(state, planner.now())) {
            return Optional.empty();
          }
          var pause = new Pause(planner.now(), until, by, reason);
          states.save(transaction, List.of(state.paused(pause)));
          audit.note(transaction, by, "pause", job.id(), null, details(reason, until));
          return Optional.of(Standing.of(pause));
        });
  }

  /**
   * @return how many suppressed fires run after all; empty when the job is not paused
   */
  public Optional<Integer> resume(Job job, String by, CatchUp catchUp) {
    return database.inTransaction(
        transaction -> {
          var state = upToNow(transaction, job);
          if (!isPaused(state, planner.now())) {
            return Optional.empty();
          }
          states.save(transaction, List.of(state.paused(null)));
          int caughtUp = catchUp(transaction, job, state.pause(), by, catchUp);
          audit.note(
              transaction,
              by,
              "resume",
              job.id(),
              null,
              Map.of("catch_up", catchUp.word(), "runs", caughtUp));
          return Optional.of(caughtUp);
        });
  }

  private int catchUp(Queries transaction, Job job, Pause pause, String by, CatchUp catchUp) {
    int most =
        switch (catchUp) {
          case NONE -> 0;
          case LAST -> 1;
          case ALL -> job.planning().catchUpCap();
        };
    return transaction.update(
        """
        update automation.run
        set status = 'queued', disposition = null, cause = 'CATCH_UP', held = 'TURN', not_after = null, finished_at = null,
          created_at = $5, reason = reason || '; caught up by ' || $4
        where run_id in (
          select run_id from automation.run
          where job = $1 and disposition = 'SUPPRESSED_PAUSED' and status = 'not_run' and scheduled_for >= $2
          order by scheduled_for desc
          limit $3)
        """,
        job.id(),
        pause.since().atOffset(ZoneOffset.UTC),
        most,
        by,
        planner.now().atOffset(ZoneOffset.UTC));
  }

  // What fell due before the change is judged by the state before it.
  private JobState upToNow(Queries transaction, Job job) {
    var now = planner.now();
    var state =
        states
            .hold(transaction, job.id())
            .orElseGet(
                () -> {
                  var text = Timetables.text(job.planning().schedule());
                  var fresh = new JobState(job.id(), text, now, null, false, null);
                  states.save(
                      transaction,
                      List.of(Planner.advanced(fresh, text, timetables.of(text), now)));
                  return states.hold(transaction, job.id()).orElseThrow();
                });
    // Whatever opens runs of the job waits until this change is made.
    ledger.lockJob(transaction, job.id());
    return clockwork.plans() && !state.removed()
        ? planner.plan(transaction, List.of(state)).getFirst()
        : state;
  }

  private static boolean isPaused(JobState state, Instant now) {
    return state.pause() != null && state.pause().covers(now);
  }

  private static Map<String, Object> details(String reason, Instant until) {
    var details = new LinkedHashMap<String, Object>();
    details.put("reason", reason);
    if (until != null) {
      details.put("until", until.toString());
    }
    return details;
  }
}
