package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.PgNotificationListener;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.worker.outcome.OutcomeStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Claims accepted attempts for this process and renews their leases. */
@Singleton
public class AttemptClaims {
  private final Database database;
  private final InboxStore inbox;
  private final Outbox outbox;
  private final OutcomeStore outcomes;
  private final WorkerConfig config;
  private final ServiceIdentity service;
  private final PgNotificationListener notifications;
  private volatile AttemptSlots slots = AttemptSlots.NONE;
  private volatile Collection<String> jobs = List.of();

  AttemptClaims(
      Database database,
      InboxStore inbox,
      Outbox outbox,
      OutcomeStore outcomes,
      WorkerConfig config,
      ServiceIdentity service,
      PgNotificationListener notifications) {
    this.database = database;
    this.inbox = inbox;
    this.outbox = outbox;
    this.outcomes = outcomes;
    this.config = config;
    this.service = service;
    this.notifications = notifications;
  }

  /** Registers what executes attempts, and of which jobs. Called before the first message. */
  public void register(AttemptSlots to, Collection<String> ofJobs) {
    jobs = List.copyOf(ofJobs);
    slots = to;
    notifications.listen(InboxStore.CHANNEL, config.kind().id(), to::wake);
  }

  /**
   * Claims and starts the oldest waiting attempt if a slot is free.
   *
   * @return whether an attempt was claimed
   */
  public boolean claimNext() {
    return withSlot(
            reserved ->
                reserved ? database.inTransaction(this::claim) : Optional.<ClaimedAttempt>empty(),
            claimed -> claimed)
        .isPresent();
  }

  /**
   * Stores an attempt. If this process has a free slot, the oldest waiting attempt, usually this
   * one, is claimed in the same transaction, which saves one commit before its job starts.
   *
   * @param entry inserts the attempt; false if it was already stored
   * @return the result of {@code entry}
   */
  boolean acceptAndClaim(TriggerEvent trigger, Predicate<SqlQueries> entry) {
    var acceptance =
        withSlot(
            reserved ->
                database.inTransaction(
                    transaction -> {
                      if (!entry.test(transaction)) {
                        return new AcceptanceResult(false, Optional.empty());
                      }
                      var claimed =
                          reserved ? claim(transaction) : Optional.<ClaimedAttempt>empty();
                      if (claimed.filter(one -> one.isFor(trigger)).isEmpty()) {
                        inbox.notifyWorkers(transaction, config.kind().id());
                      }
                      return new AcceptanceResult(true, claimed);
                    }),
            AcceptanceResult::claimed);
    if (acceptance.claimed().filter(one -> one.isFor(trigger)).isEmpty()) {
      // An attempt may be waiting that another thread did not claim because the slot was taken.
      slots.wake();
    }
    return acceptance.isNew();
  }

  private record AcceptanceResult(boolean isNew, Optional<ClaimedAttempt> claimed) {}

  // Reserves a slot before querying the database, so that only attempts that can run are claimed.
  private <T> T withSlot(
      Function<Boolean, T> work, Function<T, Optional<ClaimedAttempt>> claimedIn) {
    var keeper = slots;
    boolean reserved = keeper.reserve();
    Optional<ClaimedAttempt> claimed = Optional.empty();
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

  private Optional<ClaimedAttempt> claim(SqlQueries transaction) {
    var claimed =
        inbox.claim(transaction, config.kind().id(), jobs, service.process(), config.lease());
    claimed.ifPresent(
        claim ->
            outbox.addLifecycleEvent(
                transaction, outcomes.startedEvent(claim), claim.traceparent()));
    return claimed;
  }

  /** Renews the lease and returns whether the attempt may continue. */
  public InboxStore.LeaseRenewal renew(ClaimedAttempt claim) {
    return inbox.renew(database, claim, config.lease());
  }

  /** A third of the lease, so that a single failed renewal does not lose it. */
  public Duration renewalPeriod() {
    return config.lease().dividedBy(3);
  }

  /**
   * Runs the work in one transaction that commits only while the attempt belongs to this process.
   */
  public <T> T write(ClaimedAttempt claim, Function<SqlQueries, T> work) {
    return database.inTransaction(
        transaction -> {
          inbox.requireFence(transaction, claim);
          var result = work.apply(transaction);
          // Renew with every commit: back-to-back transactions may delay the periodic renewal.
          if (inbox.renew(transaction, claim, config.lease()) == InboxStore.LeaseRenewal.LOST) {
            throw new StaleFenceException(claim);
          }
          return result;
        });
  }

  public SqlQueries read() {
    return database;
  }
}
