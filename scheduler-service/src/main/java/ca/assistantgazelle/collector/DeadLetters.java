package ca.assistantgazelle.collector;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Moves one message of a batch to the dead letters, with the headers that SmallRye writes for
 * single messages.
 */
@Singleton
class DeadLetters {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final MutinyEmitter<byte[]> emitter;

  DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Returns once the broker has it; fails when the broker does not take it. */
  void send(ConsumerRecord<String, byte[]> message, String reason) {
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
