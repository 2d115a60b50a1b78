package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.settings.SchedulerConfig;
import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One look at everything that may be due: fires, held runs, further attempts. */
@Singleton
public class Clockwork {
  /** How often it is made sure that what was adopted is still there. */
  private static final Duration CHECK = Duration.ofHours(1);

  /** The same while nothing is planned at all. */
  private static final Duration CHECK_WHEN_IDLE = Duration.ofMinutes(1);

  private final Database database;
  private final Adoption adoption;
  private final Planner planner;
  private final Holds holds;
  private final Retries retries;
  private final boolean plans;
  private boolean adopted;
  private Instant lastCheck = Instant.EPOCH;

  public Clockwork(
      Database database,
      Adoption adoption,
      Planner planner,
      Holds holds,
      Retries retries,
      JobCatalogue catalogue,
      SchedulerConfig config) {
    this.database = database;
    this.adoption = adoption;
    this.planner = planner;
    this.holds = holds;
    this.retries = retries;
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
    if (plans && !adopted) {
      adoption.adopt();
      adopted = true;
    }
    var outlook = Outlook.look(database, planner.unknown(), planner.now());
    if (plans && isForgotten(outlook)) {
      adoption.adopt();
      outlook = Outlook.look(database, planner.unknown(), planner.now());
    }
    while (work(outlook) > 0) {
      outlook = Outlook.look(database, planner.unknown(), planner.now());
    }
    return outlook.next(plans);
  }

  // A database that was put in the place of another one may have no rows for our jobs; without
  // them nothing would be planned, and nobody would notice.
  private boolean isForgotten(Outlook outlook) {
    var pause = outlook.fire() == null ? CHECK_WHEN_IDLE : CHECK;
    var now = planner.now();
    if (now.isBefore(lastCheck.plus(pause))) {
      return false;
    }
    lastCheck = now;
    return adoption.isForgotten();
  }

  private int work(Outlook outlook) {
    int done = 0;
    if (plans && Outlook.isDue(outlook.fire(), planner.now())) {
      done += planner.planDue();
    }
    if (outlook.anyHeld()) {
      done += holds.releaseReady();
    }
    if (Outlook.isDue(outlook.retry(), planner.now())) {
      done += retries.startDue();
    }
    return done;
  }
}
