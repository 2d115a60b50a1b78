package ca.assistantgazelle.emulators.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends to and reads from the embedded broker with plain Kafka clients. */
public final class TestTopicClient {
    private static Producer<String, byte[]> producer;

    private TestTopicClient() {}

    // One per JVM, like the broker.
    private static synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", TestEnvironment.get().kafka().bootstrapServers(), "acks", "all"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    /** Returns once the broker has the message; a null value is a tombstone. */
    public static void send(String topic, String key, byte[] value, Map<String, String> headers)
            throws ExecutionException, InterruptedException {
        send(topic, null, key, value, headers);
    }

    /** @param partition null = derived from the key */
    public static void send(String topic, Integer partition, String key, byte[] value, Map<String, String> headers)
            throws ExecutionException, InterruptedException {
        var message = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer().send(message).get();
    }

    /** All records that are on the topic now. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                TestEnvironment.get().kafka().bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    /** The reasons of the dead letters with the header {@code test-id} with this value. */
    public static List<String> deadLetterReasons(String deadLetterTopic, String testId) {
        return readAll(deadLetterTopic).stream()
                .filter(message -> testId.equals(header(message, "test-id")))
                .map(message -> header(message, "dead-letter-reason"))
                .toList();
    }

    /** The header's value; null if the message does not have it. */
    public static String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
