package ca.assistantgazelle.receipt;

import ca.assistantgazelle.desk.Assignment;
import ca.assistantgazelle.desk.Inbox;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Patience;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Room 6: stores what became of an attempt together with the event that tells it; the relay
 * publishes it.
 */
@Singleton
public class Receipt {
  private final Database database;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Patience patience;
  private final ServiceName service;
  private final Clock clock;

  Receipt(
      Database database,
      Inbox inbox,
      Outbox outbox,
      Patience patience,
      ServiceName service,
      Clock clock) {
    this.database = database;
    this.inbox = inbox;
    this.outbox = outbox;
    this.patience = patience;
    this.service = service;
    this.clock = clock;
  }

  /** What is told about an attempt. */
  public record News(
      LifecycleKind kind,
      Map<String, Map<String, Long>> counts,
      Map<String, Object> details,
      RunError error,
      List<String> logTail) {}

  /**
   * Ends the attempt and tells it. Returns false, storing nothing, when the attempt was taken over
   * meanwhile.
   */
  public boolean close(Assignment assignment, News news) {
    var state = news.kind() == LifecycleKind.INTERRUPTED ? "waiting" : "done";
    return patience.until(
        "the outcome of run " + assignment.trigger().runId(),
        () ->
            database.inTransaction(
                transaction -> {
                  var sequence = inbox.nextSequence(transaction, assignment);
                  if (sequence.isEmpty()) {
                    return false;
                  }
                  inbox.release(transaction, assignment, state);
                  outbox.lifecycle(
                      transaction,
                      event(assignment, sequence.get(), news),
                      assignment.traceparent());
                  return true;
                }));
  }

  /** Tells how far the attempt is; silent when it was taken over. */
  public void progress(Assignment assignment, News news) {
    database.transact(
        transaction ->
            inbox
                .nextSequence(transaction, assignment)
                .ifPresent(
                    sequence ->
                        outbox.lifecycle(
                            transaction,
                            event(assignment, sequence, news),
                            assignment.traceparent())));
  }

  /** The event that opens an attempt; its sequence is the claim's. */
  public LifecycleEvent started(Assignment assignment) {
    return event(
        assignment,
        assignment.sequence(),
        new News(LifecycleKind.STARTED, Map.of(), Map.of(), null, List.of()));
  }

  private LifecycleEvent event(Assignment assignment, int sequence, News news) {
    var trigger = assignment.trigger();
    return new LifecycleEvent(
        trigger.runId(),
        trigger.job(),
        trigger.attempt(),
        sequence,
        news.kind(),
        clock.instant(),
        service.process(),
        assignment.fence(),
        assignment.startedAt(),
        news.counts(),
        news.details(),
        news.error(),
        news.logTail());
  }
}
