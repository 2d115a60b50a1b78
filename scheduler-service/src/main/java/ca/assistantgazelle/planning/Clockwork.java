package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.settings.SchedulerConfig;
import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** One look at everything that may be due: fires, held runs, further attempts. */
@Singleton
public class Clockwork {
  private final Database database;
  private final Adoption adoption;
  private final Planner planner;
  private final Holds holds;
  private final Retries retries;
  private final JobStates states;
  private final boolean plans;
  private boolean adopted;

  public Clockwork(
      Database database,
      Adoption adoption,
      Planner planner,
      Holds holds,
      Retries retries,
      JobStates states,
      JobCatalogue catalogue,
      SchedulerConfig config) {
    this.database = database;
    this.adoption = adoption;
    this.planner = planner;
    this.holds = holds;
    this.retries = retries;
    this.states = states;
    this.plans = config.enabled() && catalogue.environment() != Environment.LOCAL;
  }

  /** Whether fires are planned at all; runs by hand, their retries and turns go on without. */
  public boolean plans() {
    return plans;
  }

  /**
   * Does all that is due now.
   *
   * @return when the next thing falls due; empty when nothing is in sight
   */
  public synchronized Optional<Instant> turn() {
    if (plans) {
      if (!adopted) {
        adoption.adopt();
        adopted = true;
      }
      while (planner.planDue()) {
        Thread.onSpinWait();
      }
    }
    while (holds.releaseReady()) {
      Thread.onSpinWait();
    }
    while (retries.startDue()) {
      Thread.onSpinWait();
    }
    return Stream.of(
            plans ? states.nextDue(database) : Optional.<Instant>empty(),
            holds.nextDeadline(),
            retries.nextDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
