package ca.assistantgazelle.collector;

import ca.assistantgazelle.broker.DeadLetters;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.UnreadableEventException;
import ca.assistantgazelle.sql.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Room 7: reads the news in batches. A batch is acknowledged once it is entered; what cannot be
 * read goes to the dead letters.
 */
@ApplicationScoped
public class Collector {
  private static final Logger LOG = Logger.getLogger(Collector.class);

  private record Received(ConsumerRecord<String, byte[]> message, LifecycleEvent event) {}

  private final Bookkeeping bookkeeping;
  private final DeadLetters deadLetters;
  private final Patience patience;
  private final JobCatalogue catalogue;
  private final Counter collected;
  private final Counter dead;

  Collector(
      Bookkeeping bookkeeping,
      DeadLetters deadLetters,
      Patience patience,
      JobCatalogue catalogue,
      MeterRegistry meters) {
    this.bookkeeping = bookkeeping;
    this.deadLetters = deadLetters;
    this.patience = patience;
    this.catalogue = catalogue;
    this.collected = meters.counter("gazelle.lifecycle.collected");
    this.dead = meters.counter("gazelle.lifecycle.dead.letters");
  }

  @Incoming("lifecycle")
  @RunOnVirtualThread
  public void collect(ConsumerRecords<String, byte[]> batch) {
    var readable = new ArrayList<Received>();
    for (var message : batch) {
      read(message, readable);
    }
    enter(readable);
    collected.increment(readable.size());
  }

  private void read(ConsumerRecord<String, byte[]> message, List<Received> readable) {
    try {
      EventHeaders.requireType(LifecycleEvent.TYPE, header(message));
      var event = EventJson.read(message.value(), LifecycleEvent.class);
      if (catalogue.find(event.job()).isEmpty()) {
        throw new UnreadableEventException(
            "no job of that name in the catalogue, which has " + catalogue.ids());
      }
      readable.add(new Received(message, event));
    } catch (UnreadableEventException e) {
      bury(message, e.getMessage());
    }
  }

  private void enter(List<Received> readable) {
    try {
      patience.orRedelivered(
          "entering news", () -> entered(readable.stream().map(Received::event).toList()));
    } catch (RuntimeException e) {
      if (readable.size() == 1) {
        LOG.error("An event could not be entered and goes to the dead letters", e);
        bury(readable.getFirst().message(), "it could not be entered: " + Patience.reason(e));
      } else {
        // One of them is the cause; the others must not suffer.
        readable.forEach(one -> enter(List.of(one)));
      }
    }
  }

  private boolean entered(List<LifecycleEvent> events) {
    bookkeeping.enter(events);
    return true;
  }

  private void bury(ConsumerRecord<String, byte[]> message, String reason) {
    deadLetters.bury(message, reason);
    dead.increment();
    LOG.warnf(
        "%s-%d@%d went to the dead letters: %s",
        message.topic(), message.partition(), message.offset(), reason);
  }

  private static String header(ConsumerRecord<?, ?> message) {
    var header = message.headers().lastHeader(EventHeaders.TYPE);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
