package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Jobs that could not be planned. Each is tried again every minute and shown in the status; the administrator is told
 * once a day for as long as it lasts.
 */
@Singleton
public class PlanningFailures {
    private static final Logger LOG = Logger.getLogger(PlanningFailures.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private record PlanningFailure(String message, Instant retryAt) {}

    private final Database database;
    private final EventOutbox outbox;
    private final ServiceIdentity service;
    private final Map<String, PlanningFailure> byJob = new ConcurrentHashMap<>();
    private final Map<String, String> reportedOn = new ConcurrentHashMap<>();

    public PlanningFailures(Database database, EventOutbox outbox, ServiceIdentity service) {
        this.database = database;
        this.outbox = outbox;
        this.service = service;
    }

    /** The errors by job; empty if every job can be planned. */
    public Map<String, String> messages() {
        return byJob.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, failure -> failure.getValue().message()));
    }

    void planned(String job) {
        if (byJob.remove(job) != null) {
            LOG.infof("job %s: planning recovered", job);
        }
    }

    void failed(String job, RuntimeException e, Instant now) {
        var message = DatabaseRetry.describe(e);
        if (byJob.put(job, new PlanningFailure(message, now.plus(RETRY_INTERVAL))) == null) {
            LOG.errorf(e, "job %s: cannot be planned: %s", job, message);
        }
        report(job, message, now);
    }

    /** The jobs whose next try is not due yet. */
    Set<String> postponed(Instant now) {
        return byJob.entrySet().stream()
                .filter(failure -> failure.getValue().retryAt().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void report(String job, String message, Instant now) {
        var day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        if (day.equals(reportedOn.get(job))) {
            return;
        }
        // The same event from every scheduler; the id makes it one notification.
        var id = ContentDigests.nameUuid("planning " + job + " " + day);
        database.runInTransaction(transaction -> outbox.addLifecycleEvent(
                transaction,
                LifecycleEvent.runFailed(
                        id,
                        job,
                        1,
                        now,
                        service.process(),
                        new RunError(
                                "PLANNING_FAILED",
                                false,
                                "Job " + job + " cannot be planned: " + message,
                                "Check the entry of the job in the catalogue (JOBS_FILE) and the log of scheduler-service.")),
                EventHeaders.newTrace()));
        reportedOn.put(job, day);
    }
}
