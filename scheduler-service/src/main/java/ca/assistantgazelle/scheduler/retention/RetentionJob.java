package ca.assistantgazelle.scheduler.retention;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunLocks;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Deletes old rows, in slices. The scheduler runs it by itself, every night after 04:00 in the catalogue's zone; each
 * run has its row in the ledger, which also makes sure that only one scheduler does it. What does not fit into four
 * minutes is continued an hour later.
 */
@Singleton
public class RetentionJob {
    /** The job's id in the ledger; it is not in the catalogue. */
    public static final String JOB = "retention_daily";

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final int HOUR = 4;
    private static final int SLICE = 5_000;
    private static final Duration TIME_BUDGET = Duration.ofMinutes(4);

    private final Database database;
    private final RunLedger ledger;
    private final RunIdGenerator ids;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final RetentionConfig config;
    private final JobCatalogue catalogue;
    private final MeterRegistry meters;
    private final Clock clock;

    public RetentionJob(
            Database database,
            RunLedger ledger,
            RunIdGenerator ids,
            EventOutbox outbox,
            ServiceIdentity service,
            RetentionConfig config,
            JobCatalogue catalogue,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.ids = ids;
        this.outbox = outbox;
        this.service = service;
        this.config = config;
        this.catalogue = catalogue;
        this.meters = meters;
        this.clock = clock;
    }

    /** Deletes what is due, if no scheduler has done so in this hour or is done for today. */
    public void runWhenDue() {
        var local = LocalDateTime.ofInstant(clock.instant(), catalogue.zone());
        if (local.getHour() < HOUR || isDoneSince(local.toLocalDate().atTime(HOUR, 0))) {
            return;
        }
        start(local.truncatedTo(ChronoUnit.HOURS)).ifPresent(this::run);
    }

    // Today's last run has deleted everything, or failed.
    private boolean isDoneSince(LocalDateTime nominal) {
        return database.first(
                        "select 1 from automation.run where job = $1 and fire_key >= $2 and status <> 'success' or job = $1 and fire_key >= $2 and plan_note is null limit 1",
                        row -> true,
                        JOB,
                        nominal.toString())
                .isPresent();
    }

    private Optional<JobRun> start(LocalDateTime hour) {
        var now = clock.instant();
        var run = JobRun.create(
                        ids.next(),
                        JOB,
                        RunCause.SCHEDULED,
                        new RunFire(
                                hour.toString(),
                                hour.toString(),
                                catalogue.zone().getId(),
                                hour.atZone(catalogue.zone()).toInstant(),
                                now.plus(TIME_BUDGET.multipliedBy(2))),
                        Map.of(),
                        null,
                        RunState.queued(null, 1),
                        null,
                        now)
                .started(now)
                .progressed(RunStatus.RUNNING);
        return database.inTransaction(transaction -> {
            boolean created = !ledger.create(transaction, List.of(run)).isEmpty();
            if (created) {
                ledger.save(transaction, List.of(run));
            }
            return created ? Optional.of(run) : Optional.empty();
        });
    }

    private void run(JobRun run) {
        try {
            var deleted = deleteAll();
            boolean finished = !deleted.containsKey(null);
            deleted.remove(null);
            LOG.infof("run %s job %s: deleted %s", run.runId(), JOB, deleted);
            var noted = finished ? run : run.released("more rows are old; continued in an hour");
            save(noted.succeeded(1, clock.instant()));
        } catch (RuntimeException e) {
            var error = new RunError(
                    "RETENTION_FAILED",
                    false,
                    "Old rows could not be deleted: " + DatabaseRetry.describe(e),
                    "See the log of scheduler-service; the next night tries again.");
            LOG.errorf(e, "run %s job %s: %s", run.runId(), JOB, error.message());
            var failed = run.givenUp(1, error, clock.instant());
            database.runInTransaction(transaction -> {
                ledger.save(transaction, List.of(failed));
                outbox.addLifecycleEvent(
                        transaction,
                        LifecycleEvent.runFailed(run.runId(), JOB, 1, clock.instant(), service.process(), error),
                        run.traceparent());
            });
        }
    }

    // Somebody may have ended the run meanwhile.
    private void save(JobRun run) {
        database.runInTransaction(transaction -> {
            if (RunLocks.byId(transaction, List.of(run.runId())).stream().anyMatch(JobRun::isOpen)) {
                ledger.save(transaction, List.of(run));
            }
        });
    }

    /** Number of deleted rows by kind; with a null key if the time was over before everything was deleted. */
    Map<String, Long> deleteAll() {
        var deleted = new LinkedHashMap<String, Long>();
        long end = System.nanoTime() + TIME_BUDGET.toNanos();
        for (var kind : RetentionKind.values()) {
            var before = clock.instant().minus(kind.keep(config));
            long count = 0;
            for (long slice = SLICE; slice == SLICE; count += slice) {
                if (System.nanoTime() > end) {
                    deleted.put(null, 0L);
                    return deleted;
                }
                slice = deleteSlice(kind, before);
            }
            deleted.put(kind.sqlName(), count);
            meters.counter("gazelle.retention.deleted", "rows", kind.sqlName()).increment((double) count);
        }
        return deleted;
    }

    private long deleteSlice(RetentionKind kind, Instant before) {
        return database.first(
                        "select automation.delete_old($1, $2, $3)",
                        row -> row.getLong(0),
                        kind.sqlName(),
                        before,
                        SLICE)
                .orElseThrow();
    }
}
