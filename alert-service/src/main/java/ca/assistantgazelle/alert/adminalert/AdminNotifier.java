package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Mails the admin once about each run that failed, is overdue or has recovered. Events within a few
 * seconds are sent in one mail.
 */
@Singleton
class AdminNotifier {
  private static final Logger LOG = Logger.getLogger(AdminNotifier.class);
  private static final int CHECKS_PER_GATHERING_PERIOD = 3;
  private static final int MAX_BATCH_SIZE = 20;

  private record PendingEmail(List<String> events, OutgoingMail message) {}

  private final Database database;
  private final AdminNotificationStore store;
  private final AdminMailRenderer renderer;
  private final MailSender mailSender;
  private final DatabaseRetry databaseRetry;
  private final AlertsConfig config;
  private PeriodicTask task;

  AdminNotifier(
      Database database,
      AdminNotificationStore store,
      AdminMailRenderer renderer,
      MailSender mailSender,
      DatabaseRetry databaseRetry,
      AlertsConfig config) {
    this.databaseRetry = databaseRetry;
    this.database = database;
    this.store = store;
    this.renderer = renderer;
    this.mailSender = mailSender;
    this.config = config;
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    task =
        PeriodicTask.start(
            "admin notifier",
            config.gathering().dividedBy(CHECKS_PER_GATHERING_PERIOD),
            this::sendDue);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  /** True when notifications were processed and more may be due. */
  boolean sendDue() {
    store.markUnclear(database);
    var email = database.inTransaction(this::claimDue);
    if (email == null) {
      return false;
    }
    if (email.message() != null) {
      var result = mailSender.send(email.message());
      logResult(email, result);
      databaseRetry.untilAvailable(
          "recording the result of " + email.message().id(),
          () -> {
            store.recordResult(database, email.events(), result, mailSender.mode());
            return true;
          });
    }
    return true;
  }

  private PendingEmail claimDue(SqlQueries transaction) {
    var rings = store.claimDue(transaction, MAX_BATCH_SIZE, config.gathering());
    if (rings.isEmpty()) {
      return null;
    }
    var events = rings.stream().map(AdminNotification::eventId).toList();
    if (!mailSender.sendsMail()) {
      store.markSimulated(transaction, events);
      LOG.infof(
          "simulated %d admin notifications: alerts are %s",
          events.size(), mailSender.mode().value());
      return new PendingEmail(events, null);
    }
    var missing = config.adminEmail().isEmpty() ? "ADMIN_EMAIL" : mailSender.missingSetting();
    if (missing != null) {
      store.postpone(transaction, events, missing + " is not set");
      LOG.errorf("%d admin notifications not sent: %s is not set", events.size(), missing);
      return new PendingEmail(events, null);
    }
    var mail = renderer.render(rings, config.adminEmail().get());
    store.markSending(transaction, events, mail.id());
    return new PendingEmail(events, mail);
  }

  private static void logResult(PendingEmail email, SendResult result) {
    switch (result) {
      case SendResult.Accepted accepted ->
          LOG.infof(
              "%s: sent, %d admin notifications", email.message().id(), email.events().size());
      case SendResult.Refused refused ->
          LOG.errorf("%s: not sent: %s", email.message().id(), refused.reason());
      case SendResult.Unclear unclear ->
          LOG.errorf("%s: delivery uncertain: %s", email.message().id(), unclear.reason());
    }
  }
}
