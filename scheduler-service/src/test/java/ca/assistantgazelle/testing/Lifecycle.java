package ca.assistantgazelle.testing;

import ca.assistantgazelle.event.EventHeaders;
import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.peers.testing.TestPeers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plays the workers: publishes their news on the real topic. */
public final class Lifecycle {
  public static final String TOPIC = "jobs.lifecycle.v1";
  private static final Instant T = Instant.parse("2026-03-08T07:00:00Z");

  private Lifecycle() {}

  public static LifecycleEvent event(
      UUID run, int attempt, long fence, int sequence, LifecycleKind kind) {
    var error =
        kind.endsAttempt() && kind != LifecycleKind.SUCCEEDED
            ? new RunError("PLAYED", true, "as played", null)
            : null;
    return new LifecycleEvent(
        run,
        "sync_gazelle_2h",
        attempt,
        sequence,
        kind,
        T.plusSeconds(sequence),
        "played",
        fence,
        kind == LifecycleKind.ACCEPTED ? null : T,
        Map.of("clients", Map.of("fetched", (long) sequence)),
        Map.of(),
        error,
        List.of("line"));
  }

  public static void publish(LifecycleEvent... events)
      throws ExecutionException, InterruptedException {
    for (var event : events) {
      send(
          event.runId().toString(),
          EventJson.write(event).getBytes(StandardCharsets.UTF_8),
          EventHeaders.of(
              event.eventId(), "/test", LifecycleEvent.TYPE, event.job(), event.at(), null));
    }
  }

  public static void send(String key, byte[] value, Map<String, String> headers)
      throws ExecutionException, InterruptedException {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", TestPeers.get().kafka().bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var message = new ProducerRecord<>(TOPIC, key, value);
      headers.forEach(
          (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
      producer.send(message).get();
    }
  }

  /** Everything on a topic now. */
  public static List<ConsumerRecord<String, byte[]>> all(String topic) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            TestPeers.get().kafka().bootstrapServers(),
            "group.id",
            UUID.randomUUID().toString());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var found = new ArrayList<ConsumerRecord<String, byte[]>>();
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }
}
