package ca.assistantgazelle.planning;

import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells that fires were missed for good: once per job and outage, not once per fire. */
@Singleton
public class MissedNews {
  private final Outbox outbox;
  private final ServiceName service;
  private final Clock clock;

  public MissedNews(Outbox outbox, ServiceName service, Clock clock) {
    this.outbox = outbox;
    this.service = service;
    this.clock = clock;
  }

  void tell(Queries transaction, List<Run> missed) {
    var lastOfJob = new LinkedHashMap<String, Run>();
    missed.forEach(run -> lastOfJob.put(run.job(), run));
    lastOfJob.values().forEach(run -> outbox.lifecycle(transaction, event(run), run.traceparent()));
  }

  private LifecycleEvent event(Run run) {
    return new LifecycleEvent(
        run.runId(),
        run.job(),
        1,
        1,
        LifecycleKind.RUN_FAILED,
        clock.instant(),
        service.process(),
        0,
        null,
        Map.of(),
        Map.of(),
        new RunError(
            "RUN_MISSED",
            false,
            "The run planned for " + run.nominal() + " did not take place: " + run.reason() + ".",
            "See why no scheduler ran then, and run the job by hand if it is still wanted."),
        List.of());
  }
}
