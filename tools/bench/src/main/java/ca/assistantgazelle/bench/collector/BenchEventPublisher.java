package ca.assistantgazelle.bench.collector;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.topic.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes the lifecycle events of runs, five each, as workers do. */
final class BenchEventPublisher implements AutoCloseable {
    private static final List<LifecycleEventType> KINDS = List.of(
            LifecycleEventType.ACCEPTED,
            LifecycleEventType.STARTED,
            LifecycleEventType.PROGRESS,
            LifecycleEventType.PROGRESS,
            LifecycleEventType.SUCCEEDED);
    private static final Map<String, Map<String, Long>> COUNTS =
            Map.of("clients", Map.of("fetched", 4_003L, "inserted", 1L, "unchanged", 4_002L));

    private final KafkaProducer<String, String> producer;
    private final Map<UUID, List<LifecycleEvent>> eventsByRun = new java.util.HashMap<>();

    BenchEventPublisher(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        5,
                        "batch.size",
                        131_072),
                new StringSerializer(),
                new StringSerializer());
    }

    /**
     * Publishes the events of the runs; a run that was published before gets the same events again.
     *
     * @return number of events sent and acknowledged
     */
    int publish(List<UUID> runs) throws Exception {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var run : runs) {
            for (var event : eventsByRun.computeIfAbsent(run, BenchEventPublisher::lifecycleOf)) {
                sent.add(producer.send(message(event)));
            }
        }
        for (var one : sent) {
            one.get();
        }
        return sent.size();
    }

    private static List<LifecycleEvent> lifecycleOf(UUID run) {
        var events = new ArrayList<LifecycleEvent>();
        var at = Clock.systemUTC().instant();
        for (int i = 0; i < KINDS.size(); i++) {
            var kind = KINDS.get(i);
            events.add(new LifecycleEvent(
                    run,
                    "sync_gazelle_2h",
                    1,
                    i + 1,
                    kind,
                    at.plusMillis(i),
                    "bench",
                    kind == LifecycleEventType.ACCEPTED ? 0 : 1,
                    kind == LifecycleEventType.ACCEPTED ? null : at,
                    COUNTS,
                    Map.of(),
                    null,
                    List.of()));
        }
        return events;
    }

    private static ProducerRecord<String, String> message(LifecycleEvent event) {
        var headers = new RecordHeaders();
        EventHeaders.of(
                        event.eventId(),
                        "/bench",
                        LifecycleEvent.TYPE,
                        event.job(),
                        event.at(),
                        EventHeaders.newTrace())
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ProducerRecord<>(
                KafkaTopics.LIFECYCLE, null, event.runId().toString(), EventJson.write(event), headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
