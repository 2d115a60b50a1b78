package ca.assistantgazelle.bench.clock;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Arrival times of triggers at a consumer, by event id. */
final class TriggerArrivals implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Instant> first = new HashMap<>();
    private int duplicates;

    TriggerArrivals(String bootstrap, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", "50"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Discards the arrivals so far. */
    void clear() {
        first.clear();
        duplicates = 0;
    }

    /** Reads until so many distinct events have arrived. */
    void await(int events, Consumer<TriggerArrivals> each) {
        var limit = clock.instant().plus(TIMEOUT);
        while (first.size() < events) {
            for (var message : consumer.poll(Duration.ofMillis(20))) {
                var id = new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
                if (first.putIfAbsent(id, clock.instant()) != null) {
                    duplicates++;
                }
            }
            each.accept(this);
            if (clock.instant().isAfter(limit)) {
                throw new IllegalStateException(
                        "Only " + first.size() + " of " + events + " triggers arrived within " + TIMEOUT);
            }
        }
    }

    int count() {
        return first.size();
    }

    int duplicates() {
        return duplicates;
    }

    Instant arrival(String id) {
        return first.get(id);
    }

    /** Seconds from the instant to the first arrival. */
    double firstAfter(Instant instant) {
        return first.values().stream()
                .mapToDouble(at -> seconds(instant, at))
                .min()
                .orElseThrow();
    }

    /** Seconds from the instant to the last arrival. */
    double lastAfter(Instant instant) {
        return first.values().stream()
                .mapToDouble(at -> seconds(instant, at))
                .max()
                .orElseThrow();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
