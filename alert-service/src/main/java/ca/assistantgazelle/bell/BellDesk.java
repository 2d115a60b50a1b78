package ca.assistantgazelle.bell;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.UnreadableEventException;
import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Room 8, the way in: notes durably what a person must hear of. Returning acknowledges the batch. A
 * message that cannot be read is left to the collector, which reads the same topic and buries it;
 * one that cannot be noted is buried here, alone.
 */
@ApplicationScoped
public class BellDesk {
  private static final Logger LOG = Logger.getLogger(BellDesk.class);

  /** A new installation must not tell of last month's troubles. */
  private static final Duration OLDEST = Duration.ofHours(24);

  private final Database database;
  private final BellStore store;
  private final DatabaseRetry databaseRetry;
  private final DeadLetterPublisher deadLetters;
  private final Clock clock;
  private final Counter unreadable;

  BellDesk(
      Database database,
      BellStore store,
      DatabaseRetry databaseRetry,
      DeadLetterPublisher deadLetters,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.store = store;
    this.databaseRetry = databaseRetry;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.unreadable = meters.counter("gazelle.bell.unreadable");
  }

  @Incoming("news")
  @RunOnVirtualThread
  public void hear(ConsumerRecords<String, byte[]> batch) {
    for (var message : batch) {
      // Nearly all news is of work that goes well: it is not read any further than that.
      if (Glance.mayConcernRun(message.value())) {
        hear(message);
      }
    }
  }

  private void hear(ConsumerRecord<String, byte[]> message) {
    var event = read(message);
    if (event == null || !rings(event)) {
      return;
    }
    try {
      databaseRetry.orLeaveUnacknowledged(
          "noting " + event.event() + " of run " + event.runId(), () -> store.add(database, event));
    } catch (RuntimeException e) {
      LOG.error("News could not be noted for a person and goes to the dead letters", e);
      deadLetters.publish(message, "it could not be noted: " + DatabaseRetry.describe(e));
    }
  }

  private LifecycleEvent read(ConsumerRecord<String, byte[]> message) {
    try {
      var type = message.headers().lastHeader(EventHeaders.TYPE);
      EventHeaders.requireType(
          LifecycleEvent.TYPE,
          type == null || type.value() == null
              ? null
              : new String(type.value(), StandardCharsets.UTF_8));
      return EventJson.read(message.value(), LifecycleEvent.class);
    } catch (UnreadableEventException e) {
      unreadable.increment();
      return null;
    }
  }

  private boolean rings(LifecycleEvent event) {
    return event.event().concernsRun() && event.at().isAfter(clock.instant().minus(OLDEST));
  }
}
