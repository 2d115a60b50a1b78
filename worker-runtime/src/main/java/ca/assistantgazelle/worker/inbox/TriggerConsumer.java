package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleKind;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes triggers: stores each one in the inbox, whether or not a slot is free, before
 * acknowledging it. If an exception is thrown, the message goes to the dead-letter topic with the
 * reason.
 */
@ApplicationScoped
public class TriggerConsumer {
  private static final Logger LOG = Logger.getLogger(TriggerConsumer.class);

  private final Database database;
  private final InboxStore inbox;
  private final AttemptClaims claims;
  private final Outbox outbox;
  private final DatabaseRetry databaseRetry;
  private final JobCatalogue catalogue;
  private final WorkerConfig config;
  private final ServiceIdentity service;
  private final Clock clock;
  private final Counter accepted;
  private final Counter duplicates;

  TriggerConsumer(
      Database database,
      InboxStore inbox,
      AttemptClaims claims,
      Outbox outbox,
      DatabaseRetry databaseRetry,
      JobCatalogue catalogue,
      WorkerConfig config,
      ServiceIdentity service,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.inbox = inbox;
    this.claims = claims;
    this.outbox = outbox;
    this.databaseRetry = databaseRetry;
    this.catalogue = catalogue;
    this.config = config;
    this.service = service;
    this.clock = clock;
    this.accepted = meters.counter("gazelle.triggers.accepted");
    this.duplicates = meters.counter("gazelle.triggers.duplicate.suppressed");
  }

  @Incoming("triggers")
  @RunOnVirtualThread
  public void onTrigger(ConsumerRecord<String, byte[]> message) {
    var trigger = parse(message);
    databaseRetry.orLeaveUnacknowledged(
        "accepting run " + trigger.runId(),
        () -> storeTrigger(trigger, header(message, EventHeaders.TRACE)));
  }

  private TriggerEvent parse(ConsumerRecord<String, byte[]> message) {
    try {
      EventHeaders.requireType(TriggerEvent.TYPE, header(message, EventHeaders.TYPE));
      var trigger = EventJson.read(message.value(), TriggerEvent.class);
      requireOwnJob(trigger);
      return trigger;
    } catch (UnreadableEventException e) {
      LOG.warnf(
          "Sending %s-%d@%d to the dead-letter topic: %s",
          message.topic(), message.partition(), message.offset(), e.getMessage());
      throw e;
    }
  }

  private boolean storeTrigger(TriggerEvent trigger, String traceparent) {
    boolean expired = trigger.notAfter() != null && clock.instant().isAfter(trigger.notAfter());
    boolean isNew =
        expired
            ? database.inTransaction(
                transaction ->
                    insertWithEvent(
                        transaction, trigger, traceparent, "done", expiredEvent(trigger)))
            : claims.acceptAndClaim(
                trigger,
                transaction ->
                    insertWithEvent(
                        transaction,
                        trigger,
                        traceparent,
                        "waiting",
                        event(trigger, LifecycleKind.ACCEPTED, null)));
    (isNew ? accepted : duplicates).increment();
    LOG.infof(
        "run %s job %s attempt %d: %s",
        trigger.runId(),
        trigger.job(),
        trigger.attempt(),
        isNew ? expired ? "trigger expired" : "accepted" : "duplicate trigger ignored");
    return isNew;
  }

  private boolean insertWithEvent(
      SqlQueries transaction,
      TriggerEvent trigger,
      String traceparent,
      String state,
      LifecycleEvent event) {
    boolean isNew = inbox.insert(transaction, config.kind().id(), trigger, traceparent, state);
    if (isNew) {
      outbox.addLifecycleEvent(transaction, event, traceparent);
    }
    return isNew;
  }

  private void requireOwnJob(TriggerEvent trigger) {
    var job =
        catalogue
            .find(trigger.job())
            .orElseThrow(
                () ->
                    new UnreadableEventException(
                        "unknown job; the catalogue contains " + catalogue.ids()));
    if (job.worker() != config.kind()) {
      throw new UnreadableEventException(
          "job "
              + job.id()
              + " belongs to "
              + job.worker().serviceName()
              + ", not to "
              + service.name());
    }
  }

  private LifecycleEvent expiredEvent(TriggerEvent trigger) {
    var error =
        new RunError(
            "TRIGGER_EXPIRED",
            false,
            "The trigger arrived after its deadline, " + trigger.notAfter() + ".",
            "Run the job manually if it is still needed.");
    return event(trigger, LifecycleKind.FAILED, error);
  }

  private LifecycleEvent event(TriggerEvent trigger, LifecycleKind kind, RunError error) {
    return new LifecycleEvent(
        trigger.runId(),
        trigger.job(),
        trigger.attempt(),
        1,
        kind,
        clock.instant(),
        service.process(),
        0,
        null,
        Map.of(),
        Map.of(),
        error,
        List.of());
  }

  private static String header(ConsumerRecord<?, ?> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
