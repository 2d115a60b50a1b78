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
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** @param planned the runs written in this transaction, in the order of their fires */
    void publish(SqlQueries transaction, List<PlannedRun> planned) {
        var byJob = planned.stream()
                .collect(Collectors.groupingBy(one -> one.run().job(), LinkedHashMap::new, Collectors.toList()));
        byJob.values().forEach(ofJob -> {
            var missed = ofJob.stream().filter(PlannedRun::isLost).toList();
            if (!missed.isEmpty()) {
                var last = missed.getLast().run();
                outbox.addLifecycleEvent(transaction, event(missed, caughtUpBy(ofJob)), last.traceparent());
            }
        });
    }

    private static Optional<JobRun> caughtUpBy(List<PlannedRun> ofJob) {
        return ofJob.stream().map(PlannedRun::run).filter(JobRun::isOpen).reduce((earlier, later) -> later);
    }

    private static String runs(List<PlannedRun> missed) {
        var first = missed.getFirst().run().fire().nominal();
        var last = missed.getLast().run().fire().nominal();
        return missed.size() == 1
                ? "The run planned for " + last + " did not take place: "
                : "%d runs planned from %s to %s did not take place, the last one because "
                        .formatted(missed.size(), first, last);
    }

    private LifecycleEvent event(List<PlannedRun> missed, Optional<JobRun> instead) {
        var run = missed.getLast().run();
        return LifecycleEvent.runFailed(
                run.runId(),
                run.job(),
                1,
                clock.instant(),
                service.process(),
                new RunError(
                        "RUN_MISSED",
                        false,
                        runs(missed)
                                + run.state().planNote()
                                + "."
                                + instead.map(other ->
                                                " The run of " + other.fire().nominal() + " takes their place.")
                                        .orElse(""),
                        instead.isPresent()
                                ? "Check why no scheduler was running then; the job itself has been caught up."
                                : "Check why no scheduler was running then; run the job by hand if it is still needed."));
    }
}
