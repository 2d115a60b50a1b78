package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.notification.MailBatchSender;
import ca.assistantgazelle.alert.notification.NotificationOwner;
import ca.assistantgazelle.alert.notification.NotificationStore;
import ca.assistantgazelle.alert.notification.PendingMail;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Mails the administrator once about each run that failed, is overdue or has recovered, and about warnings. What
 * happens within a few seconds is sent in one mail.
 */
@Singleton
class AdminNotifier implements MailBatchSender.Listener {
    private static final Logger LOG = Logger.getLogger(AdminNotifier.class);
    private static final int CHECKS_PER_BATCH_DELAY = 3;
    private static final int MAX_BATCH_SIZE = 20;

    private final Database database;
    private final NotificationStore store;
    private final AdminNotificationQueue queue;
    private final AdminMailRenderer renderer;
    private final MailSender mailSender;
    private final AlertsConfig config;
    private final MailBatchSender batch;
    private PeriodicTask task;

    AdminNotifier(
            Database database,
            NotificationStore store,
            AdminNotificationQueue queue,
            AdminMailRenderer renderer,
            MailSender mailSender,
            DatabaseRetry databaseRetry,
            AlertsConfig config) {
        this.database = database;
        this.store = store;
        this.queue = queue;
        this.renderer = renderer;
        this.mailSender = mailSender;
        this.config = config;
        this.batch = new MailBatchSender(
                store,
                NotificationOwner.SERVICE,
                mailSender,
                databaseRetry,
                database::inTransaction,
                this,
                () -> false);
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start(
                "admin notifier", config.batchDelay().dividedBy(CHECKS_PER_BATCH_DELAY), this::sendDue);
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    /** Returns whether something was due, so that more may wait. */
    private boolean sendDue() {
        store.markAmbiguous(database, NotificationOwner.SERVICE);
        var claimed =
                database.inTransaction(transaction -> queue.claimDue(transaction, MAX_BATCH_SIZE, config.batchDelay()));
        if (claimed.isEmpty()) {
            return false;
        }
        var ids = claimed.stream().map(ClaimedAdminNotification::id).toList();
        var missing = config.adminEmail().isEmpty() ? "ADMIN_EMAIL" : mailSender.missingSetting();
        if (!mailSender.sendsMail()) {
            database.runInTransaction(transaction -> store.markSimulated(transaction, ids));
            LOG.infof(
                    "%d admin notifications not sent: ALERTS_MODE is %s",
                    ids.size(), mailSender.mode().value());
        } else if (missing != null) {
            database.runInTransaction(transaction -> store.postpone(transaction, ids, missing + " is not set"));
            LOG.errorf("%d admin notifications not sent: %s is not set", ids.size(), missing);
        } else {
            var readable = renderable(claimed);
            if (!readable.isEmpty()) {
                send(new PendingMail(
                        renderer.render(readable, config.adminEmail().get()),
                        readable.stream().map(ClaimedAdminNotification::id).toList(),
                        null));
            }
        }
        return true;
    }

    // A notification that cannot be rendered must not hold up the others.
    private List<ClaimedAdminNotification> renderable(List<ClaimedAdminNotification> claimed) {
        var readable = new ArrayList<ClaimedAdminNotification>();
        for (var one : claimed) {
            try {
                renderer.render(List.of(one), config.adminEmail().get());
                readable.add(one);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Admin notification %s set aside: it cannot be rendered", one.id());
                database.runInTransaction(transaction -> store.setAside(
                        transaction, List.of(one.id()), "it cannot be rendered: " + DatabaseRetry.describe(e)));
            }
        }
        return readable;
    }

    private void send(PendingMail mail) {
        try {
            batch.send(List.of(mail));
        } catch (InterruptedException e) {
            // The claim is taken up again by this or another process.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onResult(PendingMail pending, MailSendResult result) {
        var id = pending.mail().id();
        switch (result) {
            case MailSendResult.Accepted accepted ->
                LOG.infof(
                        "mail %s: sent with %d admin notifications",
                        id, pending.notifications().size());
            case MailSendResult.Refused refused -> LOG.errorf("mail %s: refused: %s", id, refused.reason());
            case MailSendResult.Unclear unclear -> LOG.errorf("mail %s: no definite reply: %s", id, unclear.reason());
        }
    }

    @Override
    public void onTakenOver(PendingMail pending) {
        LOG.infof(
                "mail %s: not sent, another process has claimed its notifications",
                pending.mail().id());
    }

    @Override
    public void onProgress() {
        // A single mail has no progress to report.
    }
}
