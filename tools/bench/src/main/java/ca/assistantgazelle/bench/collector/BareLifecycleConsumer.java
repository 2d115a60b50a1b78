package ca.assistantgazelle.bench.collector;

import ca.assistantgazelle.contract.topic.KafkaTopics;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The baseline: reads the newest events of the topic, up to 2,000 per poll, parses them and inserts them with UNNEST
 * into its own table, one commit per batch, then commits the offsets. It does not maintain the state of runs.
 */
record BareLifecycleConsumer(String bootstrap, Connection connection) {
    private static final ObjectMapper JSON = new ObjectMapper();

    double rate(int events) throws SQLException, java.io.IOException {
        try (connection;
                var statement = connection.createStatement();
                var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                bootstrap,
                                "group.id",
                                "bench-collector",
                                "enable.auto.commit",
                                false,
                                "max.poll.records",
                                2_000),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            statement.execute(
                    "create table if not exists bench_events (id text primary key, run_id uuid, event text, sequence int, counts jsonb)");
            statement.execute("truncate bench_events");
            connection.setAutoCommit(false);
            seek(consumer, events);
            long begin = System.nanoTime();
            int read = 0;
            while (read < events) {
                var batch = new ArrayList<ConsumerRecord<String, byte[]>>();
                consumer.poll(Duration.ofSeconds(5)).forEach(batch::add);
                write(batch);
                consumer.commitSync();
                read += batch.size();
            }
            return read / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private static void seek(KafkaConsumer<String, byte[]> consumer, int events) {
        List<TopicPartition> partitions = consumer.partitionsFor(KafkaTopics.LIFECYCLE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        // The newest round, roughly evenly distributed over the partitions; a few more do not matter.
        int each = events / partitions.size() + events / 10;
        partitions.forEach(partition -> consumer.seek(partition, Math.max(0, ends.get(partition) - each)));
    }

    private void write(List<ConsumerRecord<String, byte[]>> batch) throws SQLException, java.io.IOException {
        var ids = new ArrayList<String>();
        var runs = new ArrayList<UUID>();
        var kinds = new ArrayList<String>();
        var sequences = new ArrayList<Integer>();
        var counts = new ArrayList<String>();
        for (var message : batch) {
            var event = JSON.readTree(message.value());
            ids.add(message.partition() + ":" + message.offset());
            runs.add(UUID.fromString(event.path("runId").asText()));
            kinds.add(event.path("event").asText());
            sequences.add(event.path("sequence").asInt());
            counts.add(event.path("counts").toString());
        }
        try (var insert = connection.prepareStatement("""
                insert into bench_events
                select id, run_id, event, sequence, counts::jsonb
                from unnest(?::text[], ?::uuid[], ?::text[], ?::int[], ?::text[]) as t (id, run_id, event, sequence, counts)
                on conflict (id) do nothing
                """)) {
            insert.setArray(1, connection.createArrayOf("text", ids.toArray()));
            insert.setArray(2, connection.createArrayOf("uuid", runs.toArray()));
            insert.setArray(3, connection.createArrayOf("text", kinds.toArray()));
            insert.setArray(4, connection.createArrayOf("int4", sequences.toArray()));
            insert.setArray(5, connection.createArrayOf("text", counts.toArray()));
            insert.executeUpdate();
        }
        connection.commit();
    }
}
