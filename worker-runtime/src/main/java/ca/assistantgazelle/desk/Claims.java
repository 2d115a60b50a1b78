package ca.assistantgazelle.desk;

import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.receipt.Receipt;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Notifications;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Takes accepted attempts for this process and keeps them its own. */
@Singleton
public class Claims {
  private final Database database;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Receipt receipt;
  private final WorkerConfig config;
  private final ServiceName service;
  private final Notifications notifications;
  private volatile Runnable here = () -> {};

  Claims(
      Database database,
      Inbox inbox,
      Outbox outbox,
      Receipt receipt,
      WorkerConfig config,
      ServiceName service,
      Notifications notifications) {
    this.database = database;
    this.inbox = inbox;
    this.outbox = outbox;
    this.receipt = receipt;
    this.config = config;
    this.service = service;
    this.notifications = notifications;
  }

  /** Calls {@code woken} whenever a trigger was accepted, by this process or another. */
  public void onAccepted(Runnable woken) {
    here = woken;
    notifications.listen(Inbox.CHANNEL, config.kind().word(), woken);
  }

  /** A trigger was accepted by this process: nobody has to wait for the database to say so. */
  void accepted() {
    here.run();
  }

  /** The oldest waiting attempt of these jobs, now ours, and told so; empty when there is none. */
  public Optional<Assignment> next(Collection<String> jobs) {
    return database.inTransaction(
        transaction -> {
          var claimed =
              inbox.claim(
                  transaction, config.kind().word(), jobs, service.process(), config.lease());
          claimed.ifPresent(
              assignment ->
                  outbox.lifecycle(
                      transaction, receipt.started(assignment), assignment.traceparent()));
          return claimed;
        });
  }

  /** Says that we are alive, and hears whether to go on. */
  public Inbox.Renewal renew(Assignment assignment) {
    return inbox.renew(database, assignment, config.lease());
  }

  /** Three renewals fit into a lease. */
  public Duration renewalPeriod() {
    return config.lease().dividedBy(3);
  }

  /** Runs the work in one transaction that only commits while the attempt is ours. */
  public <T> T write(Assignment assignment, Function<Queries, T> work) {
    return database.inTransaction(
        transaction -> {
          inbox.hold(transaction, assignment);
          var result = work.apply(transaction);
          // Every commit is a sign of life: who writes one transaction after the other may keep its
          // own renewals waiting.
          if (inbox.renew(transaction, assignment, config.lease()) == Inbox.Renewal.LOST) {
            throw new FenceLostException(assignment);
          }
          return result;
        });
  }

  public Queries read() {
    return database;
  }
}
