package ca.assistantgazelle.bench.latency;

import ca.assistantgazelle.contract.topic.WorkerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Publication time of each trigger, by the producer's clock. */
final class TriggerTimestamps {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Instant> published = new HashMap<>();

    TriggerTimestamps(String bootstrap) {
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(WorkerKind.SYNC.triggerTopic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    Instant published(String runId) {
        while (!published.containsKey(runId)) {
            for (var message : consumer.poll(Duration.ofSeconds(1))) {
                published.putIfAbsent(message.key(), Instant.ofEpochMilli(message.timestamp()));
            }
        }
        return published.get(runId);
    }
}
