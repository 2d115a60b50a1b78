package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Dispatches the notifications of a run: claims them, sends them and records the results. */
@Singleton
final class NotificationDispatcher {
    private final NotificationStore store;
    private final MailSender mailSender;
    private final DatabaseRetry databaseRetry;
    private final Clock clock;

    NotificationDispatcher(NotificationStore store, MailSender mailSender, DatabaseRetry databaseRetry, Clock clock) {
        this.store = store;
        this.mailSender = mailSender;
        this.databaseRetry = databaseRetry;
        this.clock = clock;
    }

    /**
     * Sends the notifications that were not sent before, as the mode allows.
     *
     * @param counts the job's details; completed here
     * @param renderer renders the mails of the claimed notifications
     * @throws JobFailedException unless every mail was definitely accepted
     */
    JobResult dispatch(
            JobContext context,
            NotificationType type,
            List<NotificationItem> items,
            DeliveryCounts counts,
            Function<ClaimedNotificationItems, List<PendingMail>> renderer)
            throws JobFailedException, InterruptedException {
        counts.putDetail("alerts_mode", mailSender.mode().value());
        if (isOver(context)) {
            throw expired(context, new JobResult(counts.counts(), counts.details()));
        }
        if (mailSender.mode() == AlertsMode.OFF) {
            long recipients =
                    items.stream().map(NotificationItem::recipient).distinct().count();
            counts.add("computed", recipients, items.size());
            context.log().info("ALERTS_MODE is off: no mail is sent");
            return new JobResult(counts.counts(), counts.details());
        }
        var owner = owner(context);
        var claimed = context.write(transaction -> {
            store.markAmbiguous(transaction, owner);
            return store.claim(transaction, owner, type, items, mailSender.mode());
        });
        long claimedElsewhere = countClaimedElsewhere(context, type, items, claimed, counts);
        deliver(context, claimed, counts, renderer);
        if (isOver(context) && counts.mails("failed") > 0) {
            throw expired(context, new JobResult(counts.counts(), counts.details()));
        }
        return DeliveryResult.toJobResult(
                counts,
                store.countAmbiguous(context.read(), context.trigger().runId()),
                claimedElsewhere + counts.takenOver());
    }

    private void deliver(
            JobContext context,
            ClaimedNotificationItems claimed,
            DeliveryCounts counts,
            Function<ClaimedNotificationItems, List<PendingMail>> renderer)
            throws InterruptedException {
        if (mailSender.mode() == AlertsMode.DRY_RUN) {
            simulate(context, claimed, counts);
            return;
        }
        new MailBatchSender(
                        store,
                        owner(context),
                        mailSender,
                        databaseRetry,
                        context::write,
                        listener(context, counts),
                        () -> isOver(context))
                .send(renderer.apply(claimed));
    }

    private static NotificationOwner owner(JobContext context) {
        return NotificationOwner.of(context.trigger());
    }

    // A mail about tomorrow must not arrive the day after; see docs/alerts.md.
    private boolean isOver(JobContext context) {
        var until = context.trigger().notAfter();
        return until != null && !clock.instant().isBefore(until);
    }

    private static JobFailedException expired(JobContext context, JobResult soFar) {
        var trigger = context.trigger();
        var error = new RunError(
                "TRIGGER_EXPIRED",
                false,
                "Mails were not sent: the run was of use until " + trigger.notAfter() + ".",
                "Run job " + trigger.job() + " by hand if the technicians must still be warned.");
        return new JobFailedException(error, soFar, null);
    }

    /** Number of notifications that another run is about to send. */
    private long countClaimedElsewhere(
            JobContext context,
            NotificationType type,
            List<NotificationItem> items,
            ClaimedNotificationItems claimed,
            DeliveryCounts counts) {
        var statuses = store.countByStatus(context.read(), type, items);
        counts.putDetail("sent_before", statuses.getOrDefault("SENT", 0L));
        counts.putDetail("ambiguous_before", statuses.getOrDefault("AMBIGUOUS", 0L));
        return statuses.getOrDefault("CLAIMED", 0L) + statuses.getOrDefault("SENDING", 0L) - claimed.size();
    }

    private void simulate(JobContext context, ClaimedNotificationItems claimed, DeliveryCounts counts) {
        context.write(transaction -> {
            store.markSimulated(transaction, claimed.ids());
            return true;
        });
        counts.add("simulated", claimed.recipients(), claimed.size());
    }

    private MailBatchSender.Listener listener(JobContext context, DeliveryCounts counts) {
        return new MailBatchSender.Listener() {
            @Override
            public void onResult(PendingMail mail, MailSendResult result) {
                counts.add(mail, result, mailSender.mode());
                var id = mail.mail() == null
                        ? "a mail without address"
                        : mail.mail().id();
                switch (result) {
                    case MailSendResult.Accepted accepted -> context.log().info("%s: accepted", id);
                    case MailSendResult.Refused refused -> context.log().warn("%s: refused: %s", id, refused.reason());
                    case MailSendResult.Unclear unclear ->
                        context.log().warn("%s: no definite reply: %s", id, unclear.reason());
                }
            }

            @Override
            public void onTakenOver(PendingMail mail) {
                counts.addTakenOver(mail);
            }

            @Override
            public void onProgress() {
                context.reportProgress(counts.counts(), counts.details());
            }
        };
    }
}
