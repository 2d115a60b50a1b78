package ca.assistantgazelle.runtime.kafka;

import ca.assistantgazelle.runtime.retry.PeerRetry;
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

/**
 * Sends single messages of a batch to the dead-letter topic, with the headers that SmallRye writes for unbatched ones.
 * Retries until the broker is available: giving up would reject the whole batch. A service that reads a batched channel
 * extends it with its own emitter, as a singleton.
 */
public abstract class DeadLetterPublisher {
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final MutinyEmitter<byte[]> emitter;
    private final ChannelRegistry channels;
    private final String channel;
    private final PeerRetry retry;
    private volatile boolean closing;

    /**
     * @param emitter to the dead-letter topic
     * @param channel the batched channel, paused when the process stops
     */
    protected DeadLetterPublisher(MutinyEmitter<byte[]> emitter, ChannelRegistry channels, String channel) {
        this.emitter = emitter;
        this.channels = channels;
        this.channel = channel;
        this.retry = new PeerRetry(
                "write to the dead-letter topic of " + channel,
                PeerRetry.UNLIMITED,
                RETRY_INTERVAL,
                RETRY_INTERVAL,
                failure -> !closing,
                failure -> Duration.ZERO);
    }

    /** Pauses the channel; messages in progress are redelivered to the next consumer. */
    void close(@Observes @Priority(50) ShutdownEvent event) {
        closing = true;
        channels.getPausable(channel).pause();
    }

    /** Returns once the broker has acknowledged it. */
    public void publish(ConsumerRecord<String, byte[]> message, String reason) {
        try {
            retry.call(() -> {
                send(message, reason);
                return null;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to the dead-letter topic", e);
        } catch (RuntimeException e) {
            if (!closing) {
                throw e;
            }
            // Returning would commit the message and failing would reject the batch.
            while (closing) {
                LockSupport.park();
            }
        }
    }

    private void send(ConsumerRecord<String, byte[]> message, String reason) {
        var headers = new RecordHeaders(message.headers());
        headers.add("dead-letter-reason", bytes(reason));
        headers.add("dead-letter-topic", bytes(message.topic()));
        headers.add("dead-letter-partition", bytes(Integer.toString(message.partition())));
        headers.add("dead-letter-offset", bytes(Long.toString(message.offset())));
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(message.key())
                .withHeaders(headers)
                .build();
        emitter.sendMessage(Message.of(message.value() == null ? new byte[0] : message.value())
                        .addMetadata(metadata))
                .await()
                .atMost(SEND_TIMEOUT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
