package ca.assistantgazelle.desk;

import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.event.UnreadableEventException;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Patience;
import ca.assistantgazelle.sql.Queries;
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
 * Room 4: notes a trigger durably, busy or not, and only then lets Kafka forget it. Returning
 * acknowledges; throwing sends the message to the dead letters with the reason.
 */
@ApplicationScoped
public class Desk {
  private static final Logger LOG = Logger.getLogger(Desk.class);

  private final Database database;
  private final Inbox inbox;
  private final Claims claims;
  private final Outbox outbox;
  private final Patience patience;
  private final JobCatalogue catalogue;
  private final WorkerConfig config;
  private final ServiceName service;
  private final Clock clock;
  private final Counter accepted;
  private final Counter duplicates;

  Desk(
      Database database,
      Inbox inbox,
      Claims claims,
      Outbox outbox,
      Patience patience,
      JobCatalogue catalogue,
      WorkerConfig config,
      ServiceName service,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.inbox = inbox;
    this.claims = claims;
    this.outbox = outbox;
    this.patience = patience;
    this.catalogue = catalogue;
    this.config = config;
    this.service = service;
    this.clock = clock;
    this.accepted = meters.counter("gazelle.triggers.accepted");
    this.duplicates = meters.counter("gazelle.triggers.duplicate.suppressed");
  }

  @Incoming("triggers")
  @RunOnVirtualThread
  public void accept(ConsumerRecord<String, byte[]> message) {
    var trigger = read(message);
    patience.orRedelivered(
        "accepting run " + trigger.runId(),
        () -> note(trigger, header(message, EventHeaders.TRACE)));
  }

  private Trigger read(ConsumerRecord<String, byte[]> message) {
    try {
      EventHeaders.requireType(Trigger.TYPE, header(message, EventHeaders.TYPE));
      var trigger = EventJson.read(message.value(), Trigger.class);
      requireOurs(trigger);
      return trigger;
    } catch (UnreadableEventException e) {
      LOG.warnf(
          "%s-%d@%d goes to the dead letters: %s",
          message.topic(), message.partition(), message.offset(), e.getMessage());
      throw e;
    }
  }

  private boolean note(Trigger trigger, String traceparent) {
    boolean expired = trigger.notAfter() != null && clock.instant().isAfter(trigger.notAfter());
    boolean isNew =
        expired
            ? database.inTransaction(
                transaction -> enter(transaction, trigger, traceparent, "done", expired(trigger)))
            : claims.accept(
                trigger,
                transaction ->
                    enter(
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
        isNew ? expired ? "came too late" : "accepted" : "was accepted before");
    return isNew;
  }

  private boolean enter(
      Queries transaction, Trigger trigger, String traceparent, String state, LifecycleEvent news) {
    boolean isNew = inbox.accept(transaction, config.kind().word(), trigger, traceparent, state);
    if (isNew) {
      outbox.lifecycle(transaction, news, traceparent);
    }
    return isNew;
  }

  private void requireOurs(Trigger trigger) {
    var job =
        catalogue
            .find(trigger.job())
            .orElseThrow(
                () ->
                    new UnreadableEventException(
                        "no job of that name in the catalogue, which has " + catalogue.ids()));
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

  private LifecycleEvent expired(Trigger trigger) {
    var error =
        new RunError(
            "TRIGGER_EXPIRED",
            false,
            "The trigger arrived after " + trigger.notAfter() + ", its last useful instant.",
            "Run the job by hand if it is still wanted.");
    return event(trigger, LifecycleKind.FAILED, error);
  }

  private LifecycleEvent event(Trigger trigger, LifecycleKind kind, RunError error) {
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
