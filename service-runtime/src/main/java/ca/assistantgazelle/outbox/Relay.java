package ca.assistantgazelle.outbox;

import ca.assistantgazelle.loop.Loop;
import ca.assistantgazelle.sql.Patience;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Publishes the outbox in order and waits for the broker's acknowledgement of every event. */
@Singleton
public class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);

  /**
   * Longer than the producer's {@code delivery.timeout.ms}, so that every send has its answer;
   * shorter than the database lets a transaction stand still.
   */
  private static final Duration LONGEST_SEND = Duration.ofMillis(1_900);

  private static final int BATCH = 500;

  private final MutinyEmitter<String> emitter;
  private final OutboxStore store;
  private final ServiceName service;
  private final Outbox outbox;
  private boolean trusted = true;
  private Loop publishing;
  private Loop housekeeping;

  Relay(
      @Channel("outbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<String> emitter,
      OutboxStore store,
      ServiceName service,
      Outbox outbox) {
    this.emitter = emitter;
    this.store = store;
    this.service = service;
    this.outbox = outbox;
  }

  void start(@Observes @Priority(3000) StartupEvent event) {
    publishing = Loop.start("relay", POLL, this::publish);
    housekeeping = Loop.start("outbox housekeeping", HOUSEKEEPING, this::forgetOld);
    outbox.onWritten(publishing::wake);
  }

  /** After the last outcome was stored, so that it still leaves with this process. */
  void stop(@Observes @Priority(3000) ShutdownEvent event) {
    housekeeping.close();
    publishing.close();
    publishLast();
  }

  private void publishLast() {
    try {
      while (publish()) {
        LOG.debug("more to publish before the end");
      }
    } catch (RuntimeException e) {
      LOG.warnf("What is still in the outbox leaves with the next process: %s", Patience.reason(e));
    }
  }

  private boolean publish() {
    var refused = new ArrayList<OutboxRow>();
    // Until the broker has taken one again, the others would only queue up in the producer.
    boolean trusting = trusted;
    trusted = false;
    boolean more =
        store.publish(
            service.name(),
            trusting ? BATCH : 1,
            batch -> {
              var acknowledged = new ArrayList<OutboxRow>();
              var sends = batch.stream().map(row -> send(row, acknowledged, refused)).toList();
              Uni.join().all(sends).andCollectFailures().await().atMost(LONGEST_SEND);
              synchronized (acknowledged) {
                return List.copyOf(acknowledged);
              }
            });
    if (!refused.isEmpty()) {
      throw new IllegalStateException("the broker did not take " + refused.size() + " events");
    }
    trusted = true;
    return more;
  }

  private Uni<Void> send(OutboxRow row, List<OutboxRow> acknowledged, List<OutboxRow> refused) {
    var headers = new RecordHeaders();
    row.headers()
        .forEach(
            header ->
                headers.add(
                    header.getKey(),
                    String.valueOf(header.getValue()).getBytes(StandardCharsets.UTF_8)));
    var metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(row.topic())
            .withKey(row.key())
            .withHeaders(headers)
            .build();
    // Eager: the sends enter the producer in the outbox's order, whatever order their answers come
    // in.
    return emitter
        .sendMessage(Message.of(row.payload()).addMetadata(metadata))
        .onItemOrFailure()
        .transform(
            (done, failure) -> {
              synchronized (acknowledged) {
                (failure == null ? acknowledged : refused).add(row);
              }
              if (failure != null) {
                LOG.debugf(failure, "event %d was not taken", row.id());
              }
              return null;
            });
  }

  private boolean forgetOld() {
    store.forgetOld();
    return false;
  }
}
