package ca.assistantgazelle.bell;

import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.UnreadableEventException;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Room 8, the way in: notes durably what a person must hear of. Returning acknowledges. A message
 * that cannot be read is left to the collector, which reads the same topic and buries it.
 */
@ApplicationScoped
public class BellDesk {
  /** A new installation must not tell of last month's troubles. */
  private static final Duration OLDEST = Duration.ofHours(24);

  private final Database database;
  private final BellStore store;
  private final Patience patience;
  private final Clock clock;
  private final Counter unreadable;

  BellDesk(
      Database database, BellStore store, Patience patience, Clock clock, MeterRegistry meters) {
    this.database = database;
    this.store = store;
    this.patience = patience;
    this.clock = clock;
    this.unreadable = meters.counter("gazelle.bell.unreadable");
  }

  @Incoming("news")
  @RunOnVirtualThread
  public void hear(ConsumerRecord<String, byte[]> message) {
    var event = read(message);
    if (event != null && rings(event)) {
      patience.orRedelivered(
          "noting " + event.event() + " of run " + event.runId(), () -> store.add(database, event));
    }
  }

  private LifecycleEvent read(ConsumerRecord<String, byte[]> message) {
    try {
      var type = message.headers().lastHeader(EventHeaders.TYPE);
      EventHeaders.requireType(
          LifecycleEvent.TYPE,
          type == null ? null : new String(type.value(), StandardCharsets.UTF_8));
      return EventJson.read(message.value(), LifecycleEvent.class);
    } catch (UnreadableEventException e) {
      unreadable.increment();
      return null;
    }
  }

  private boolean rings(LifecycleEvent event) {
    return switch (event.event()) {
      case RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED ->
          event.at().isAfter(clock.instant().minus(OLDEST));
      default -> false;
    };
  }
}
