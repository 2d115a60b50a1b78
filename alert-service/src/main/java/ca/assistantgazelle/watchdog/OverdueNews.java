package ca.assistantgazelle.watchdog;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleKind;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Publishes that a run is overdue, and that it no longer is. */
@Singleton
class OverdueNews {
  private static final Logger LOG = Logger.getLogger(OverdueNews.class);

  /** Beyond what an attempt's own events reach: an event's identity is its run, attempt, number. */
  private static final int OVERDUE = 1_000_001;

  private static final int RECOVERED = OVERDUE + 1;

  private final Outbox outbox;
  private final ServiceIdentity service;
  private final Clock clock;

  OverdueNews(Outbox outbox, ServiceIdentity service, Clock clock) {
    this.outbox = outbox;
    this.service = service;
    this.clock = clock;
  }

  void overdue(SqlQueries transaction, Deadline late, UUID runId) {
    var zone = late.job().scheduling().schedule().zone();
    var message =
        late.job().id()
            + " of "
            + late.fire().nominal()
            + " had not succeeded by "
            + late.at().atZone(ZoneId.of(zone)).toLocalTime()
            + " ("
            + zone
            + ").";
    LOG.warn(message);
    var error =
        new RunError(
            "RUN_OVERDUE",
            false,
            message,
            "See ./gazelle jobs and ./gazelle show "
                + late.job().id()
                + ": does a scheduler run, does the worker?");
    tell(transaction, runId, late.job().id(), LifecycleKind.RUN_OVERDUE, OVERDUE, error);
  }

  void recovered(SqlQueries transaction, OverdueStore.Recovered run) {
    LOG.infof("%s of %s: succeeded since", run.job(), run.fireKey());
    tell(transaction, run.runId(), run.job(), LifecycleKind.RUN_RECOVERED, RECOVERED, null);
  }

  private void tell(
      SqlQueries transaction,
      UUID runId,
      String job,
      LifecycleKind kind,
      int sequence,
      RunError error) {
    outbox.addLifecycleEvent(
        transaction,
        new LifecycleEvent(
            runId,
            job,
            1,
            sequence,
            kind,
            clock.instant(),
            service.process(),
            0,
            null,
            Map.of(),
            Map.of(),
            error,
            List.of()),
        null);
  }
}
