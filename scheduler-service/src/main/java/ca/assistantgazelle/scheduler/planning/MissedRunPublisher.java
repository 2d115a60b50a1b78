package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;

/** Publishes that fires were missed: once per job and outage, not once per fire. */
@Singleton
public class MissedRunPublisher {
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Clock clock;

    public MissedRunPublisher(EventOutbox outbox, ServiceIdentity service, Clock clock) {
        this.outbox = outbox;
        this.service = service;
        this.clock = clock;
    }

    void publish(SqlQueries transaction, List<JobRun> missed) {
        var lastOfJob = new LinkedHashMap<String, JobRun>();
        missed.forEach(run -> lastOfJob.put(run.job(), run));
        lastOfJob.values().forEach(run -> outbox.addLifecycleEvent(transaction, event(run), run.traceparent()));
    }

    private LifecycleEvent event(JobRun run) {
        return LifecycleEvent.runFailed(
                run.runId(),
                run.job(),
                1,
                clock.instant(),
                service.process(),
                new RunError(
                        "RUN_MISSED",
                        false,
                        "The run planned for "
                                + run.fire().nominal()
                                + " did not take place: "
                                + run.state().planNote()
                                + ".",
                        "Check why no scheduler was running then; run the job by hand if it is still needed."));
    }
}
