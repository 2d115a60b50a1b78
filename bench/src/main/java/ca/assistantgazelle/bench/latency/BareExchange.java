package ca.assistantgazelle.bench.latency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** The anchor: one message at a time from a producer (acks=all, idempotent) to a consumer. */
final class BareExchange {
  private static final String TOPIC = "bench.exchange";
  private static final int SIZE = 599;

  private final Map<String, Object> bootstrap;

  BareExchange(String bootstrap) {
    this.bootstrap = Map.of("bootstrap.servers", bootstrap);
  }

  /** Milliseconds of each exchange; as many again before them are not counted. */
  List<Double> millis(int messages) throws Exception {
    try (var admin = Admin.create(bootstrap)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    var producing = new java.util.HashMap<>(bootstrap);
    producing.put("acks", "all");
    producing.put("enable.idempotence", true);
    producing.put("linger.ms", 0);
    var millis = new ArrayList<Double>();
    try (var producer =
            new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(bootstrap, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partition = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      for (int i = -messages; i < messages; i++) {
        long begin = System.nanoTime();
        var sent = producer.send(new ProducerRecord<>(TOPIC, "key", new byte[SIZE]));
        while (consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
          if (System.nanoTime() - begin > 30e9) {
            throw new IllegalStateException("no message came back");
          }
        }
        if (i >= 0) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
        sent.get();
      }
    }
    return millis;
  }
}
