package ca.assistantgazelle.desk;

import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.receipt.Receipt;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Notifications;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

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
  private volatile Taker taker = Taker.NOBODY;
  private volatile Collection<String> jobs = List.of();

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

  /** Before the first message: who takes up attempts, and of which jobs. */
  public void give(Taker to, Collection<String> ofJobs) {
    jobs = List.copyOf(ofJobs);
    taker = to;
    notifications.listen(Inbox.CHANNEL, config.kind().word(), to::wake);
  }

  /**
   * Takes up the oldest waiting attempt when a slot is free.
   *
   * @return whether there was one
   */
  public boolean next() {
    return withSlot(
            reserved ->
                reserved ? database.inTransaction(this::claim) : Optional.<Assignment>empty(),
            claimed -> claimed)
        .isPresent();
  }

  /**
   * Notes an attempt durably. When a slot of this process is free, the oldest waiting attempt is
   * taken up in the same transaction, usually this one: its code is entered one commit earlier than
   * if somebody had to look for it.
   *
   * @param entry writes the attempt; false when it was known before
   * @return what {@code entry} said
   */
  boolean accept(Trigger trigger, Predicate<Queries> entry) {
    var acceptance =
        withSlot(
            reserved ->
                database.inTransaction(
                    transaction -> {
                      if (!entry.test(transaction)) {
                        return new Acceptance(false, Optional.empty());
                      }
                      var claimed = reserved ? claim(transaction) : Optional.<Assignment>empty();
                      if (claimed.filter(one -> one.isOf(trigger)).isEmpty()) {
                        inbox.tell(transaction, config.kind().word());
                      }
                      return new Acceptance(true, claimed);
                    }),
            Acceptance::claimed);
    if (acceptance.claimed().filter(one -> one.isOf(trigger)).isEmpty()) {
      // Something may wait, and whoever looked meanwhile may have found the slot taken.
      taker.wake();
    }
    return acceptance.isNew();
  }

  private record Acceptance(boolean isNew, Optional<Assignment> claimed) {}

  // A slot is kept before the database is asked, so that nothing is claimed that cannot be run.
  private <T> T withSlot(Function<Boolean, T> work, Function<T, Optional<Assignment>> claimedIn) {
    var keeper = taker;
    boolean reserved = keeper.reserve();
    Optional<Assignment> claimed = Optional.empty();
    try {
      var result = work.apply(reserved);
      claimed = claimedIn.apply(result);
      return result;
    } finally {
      if (claimed.isPresent()) {
        keeper.start(claimed.get());
      } else if (reserved) {
        keeper.release();
      }
    }
  }

  private Optional<Assignment> claim(Queries transaction) {
    var claimed =
        inbox.claim(transaction, config.kind().word(), jobs, service.process(), config.lease());
    claimed.ifPresent(
        assignment ->
            outbox.lifecycle(transaction, receipt.started(assignment), assignment.traceparent()));
    return claimed;
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
