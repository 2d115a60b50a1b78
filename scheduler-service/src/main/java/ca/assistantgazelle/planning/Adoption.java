package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes this process's catalogue the one by which all schedulers plan: the latest to start decides,
 * as in a rolling update. What fell due before by a schedule that is now replaced still gets its
 * rows; by the new one nothing falls due in the past.
 */
@Singleton
public class Adoption {
  private static final Logger LOG = Logger.getLogger(Adoption.class);

  /** Nothing is planned so far ahead: whoever wrote that had a wrong clock. */
  private static final Duration ABSURD = Duration.ofDays(1);

  private static final int BATCH = 500;

  private final Database database;
  private final JobStates states;
  private final Timetables timetables;
  private final Planner planner;
  private final JobCatalogue catalogue;

  public Adoption(
      Database database,
      JobStates states,
      Timetables timetables,
      Planner planner,
      JobCatalogue catalogue) {
    this.database = database;
    this.states = states;
    this.timetables = timetables;
    this.planner = planner;
    this.catalogue = catalogue;
  }

  public void adopt() {
    while (isMoreToAdopt()) {
      LOG.debugf("%d edited schedules taken over", BATCH);
    }
  }

  /** Whether jobs of the catalogue have no row, as after another database took this one's place. */
  boolean isForgotten() {
    boolean forgotten = states.count(database, catalogue.ids()) < catalogue.ids().size();
    if (forgotten) {
      LOG.warn(
          "jobs of the timetable are not in the database, as after a restore: adopted again from now on");
    }
    return forgotten;
  }

  private boolean isMoreToAdopt() {
    return database.inTransaction(
        transaction -> {
          // Two that start at the same moment follow each other, also with an empty table.
          transaction.list(
              "select pg_advisory_xact_lock(hashtextextended('gazelle adoption', 0))", row -> true);
          return adopt(transaction) == BATCH;
        });
  }

  private int adopt(Queries transaction) {
    var before =
        states.holdAll(transaction).stream()
            .collect(Collectors.toMap(JobState::job, Function.identity()));
    var now = planner.now();
    var changed = new ArrayList<JobState>();
    var edited = new ArrayList<JobState>();
    for (var job : catalogue.jobs()) {
      var state = before.get(job.id());
      if (state == null || state.removed()) {
        changed.add(started(job, now));
      } else if (state.plannedUntil().isAfter(now.plus(ABSURD))) {
        LOG.warnf(
            "job %s was planned until %s, which lies ahead: it is planned from now on",
            job.id(), state.plannedUntil());
        changed.add(started(job, now).paused(state.pause()));
      } else if (!state.schedule().equals(Timetables.text(job.planning().schedule()))) {
        edited.add(state);
        // One lock per job: a large file is taken over in several transactions.
        if (edited.size() == BATCH) {
          break;
        }
      } else if (state.nextAt() == null) {
        // Whoever wrote it did not plan; what fell due since is found by the next look.
        changed.add(replanned(state, job));
      }
    }
    for (var state : planner.plan(transaction, edited)) {
      var job = catalogue.find(state.job()).orElseThrow();
      LOG.infof("job %s has a new timetable: %s", job.id(), job.schedule());
      changed.add(replanned(state, job));
    }
    states.save(transaction, changed);
    remove(transaction, before);
    return edited.size();
  }

  private JobState started(Job job, Instant now) {
    return replanned(new JobState(job.id(), null, now, null, false, null), job);
  }

  private JobState replanned(JobState state, Job job) {
    var text = Timetables.text(job.planning().schedule());
    return Planner.advanced(state, text, timetables.of(text), state.plannedUntil());
  }

  private void remove(Queries transaction, Map<String, JobState> before) {
    int removed =
        transaction.update(
            "update automation.job_state set removed = true, next_at = null where not removed and job <> all ($1)",
            (Object) catalogue.ids().toArray(String[]::new));
    transaction.update(
        """
        update automation.run
        set status = 'cancelled', disposition = coalesce(disposition, 'CANCELLED'), held = null, next_attempt_at = null,
          reason = 'its job is no longer in the catalogue', finished_at = $2
        where job <> all ($1) and (status = 'waiting_retry' or status = 'queued' and held is not null)
        """,
        catalogue.ids().toArray(String[]::new),
        planner.now().atOffset(ZoneOffset.UTC));
    if (removed > 0) {
      var gone =
          before.keySet().stream().filter(job -> catalogue.find(job).isEmpty()).sorted().toList();
      LOG.infof("no longer in the catalogue: %s", gone);
    }
  }
}
