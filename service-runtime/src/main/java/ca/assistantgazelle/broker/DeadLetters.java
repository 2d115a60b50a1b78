package ca.assistantgazelle.broker;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Moves one message of a batch to the dead letters, with the headers that SmallRye writes for
 * single messages. Waits for the broker however long it is away: giving up would bury the whole
 * batch. A service that reads a batched channel extends it with its own emitter, as a singleton.
 */
public abstract class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final MutinyEmitter<byte[]> emitter;
  private final ChannelRegistry channels;
  private final String channel;
  private volatile boolean closing;

  /**
   * @param emitter to the dead-letter topic
   * @param channel the batched one, which takes in nothing more once the process stops
   */
  protected DeadLetters(MutinyEmitter<byte[]> emitter, ChannelRegistry channels, String channel) {
    this.emitter = emitter;
    this.channels = channels;
    this.channel = channel;
  }

  /** No further news is taken in; what is under way is delivered again to whoever comes next. */
  void close(@Observes @Priority(50) ShutdownEvent event) {
    closing = true;
    channels.getPausable(channel).pause();
  }

  /** Returns once the broker has it. */
  public void bury(ConsumerRecord<String, byte[]> message, String reason) {
    while (!isSent(message, reason)) {
      LockSupport.parkNanos(PAUSE.toNanos());
      while (closing) {
        LockSupport.park();
      }
    }
  }

  private boolean isSent(ConsumerRecord<String, byte[]> message, String reason) {
    try {
      send(message, reason);
      return true;
    } catch (RuntimeException e) {
      LOG.warnf(
          "%s-%d@%d waits for the dead letters: %s",
          message.topic(), message.partition(), message.offset(), e.getClass().getSimpleName());
      return false;
    }
  }

  private void send(ConsumerRecord<String, byte[]> message, String reason) {
    var headers = new RecordHeaders(message.headers());
    headers.add("dead-letter-reason", bytes(reason));
    headers.add("dead-letter-topic", bytes(message.topic()));
    headers.add("dead-letter-partition", bytes(Integer.toString(message.partition())));
    headers.add("dead-letter-offset", bytes(Long.toString(message.offset())));
    var metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withKey(message.key())
            .withHeaders(headers)
            .build();
    emitter
        .sendMessage(
            Message.of(message.value() == null ? new byte[0] : message.value())
                .addMetadata(metadata))
        .await()
        .atMost(LIMIT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
