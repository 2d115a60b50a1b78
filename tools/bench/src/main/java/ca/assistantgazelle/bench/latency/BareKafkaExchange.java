package ca.assistantgazelle.bench.latency;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The baseline: one message at a time from a producer (acks=all, idempotent) to a consumer, on the same broker and an
 * equally idle machine.
 */
final class BareKafkaExchange implements AutoCloseable {
    private static final String TOPIC = "bench.exchange";
    private static final int MESSAGE_BYTES = 599;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    BareKafkaExchange(String bootstrap) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        try (var admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        var producing = new HashMap<>(settings);
        producing.put("acks", "all");
        producing.put("enable.idempotence", true);
        producing.put("linger.ms", 0);
        producer = new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partition = List.of(new TopicPartition(TOPIC, 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
    }

    /** Milliseconds from sending a message until the consumer has received it. */
    double millis() throws ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        var sent = producer.send(new ProducerRecord<>(TOPIC, "key", new byte[MESSAGE_BYTES]));
        while (consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw new IllegalStateException("No message received within 30 s");
            }
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        sent.get();
        return millis;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
