package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Starts retries when they are due; those of a paused job wait until it is resumed. */
@Singleton
public class RetryDispatcher {
    private static final Logger LOG = Logger.getLogger(RetryDispatcher.class);
    private static final int BATCH = 500;

    private final Database database;
    private final RunLedger ledger;
    private final EventOutbox outbox;
    private final JobCatalogue catalogue;
    private final Clock clock;

    public RetryDispatcher(
            Database database, RunLedger ledger, EventOutbox outbox, JobCatalogue catalogue, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Starts a batch of retries; returns their number. */
    public int startDue() {
        return database.inTransaction(this::startDue);
    }

    private int startDue(SqlQueries transaction) {
        var now = clock.instant();
        var retried = RunLocks.dueRetries(transaction, now, BATCH).stream()
                // Jobs known only to another catalogue version are started by the schedulers using it.
                .filter(run -> catalogue.find(run.job()).isPresent())
                // A trigger that no worker accepts must not keep its run open for ever.
                .map(run -> run.retried(now.plus(job(run).maxLateness())))
                .toList();
        ledger.save(transaction, retried);
        retried.forEach(run -> LOG.infof(
                "run %s job %s: starting attempt %d",
                run.runId(), run.job(), run.state().attempt()));
        outbox.addTriggers(
                transaction,
                retried.stream()
                        .map(run -> new EventOutbox.AddressedTrigger(
                                job(run).worker().triggerTopic(), run.trigger(RunCause.RETRY), run.traceparent()))
                        .toList());
        return retried.size();
    }

    private JobDefinition job(JobRun run) {
        return catalogue.find(run.job()).orElseThrow();
    }
}
