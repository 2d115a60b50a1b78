package ca.assistantgazelle.contract.topic;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All topics of the system and their required settings. */
public final class KafkaTopics {
    public static final String LIFECYCLE = "jobs.lifecycle.v1";
    public static final String LIFECYCLE_DEAD_LETTERS = "jobs.dlq.lifecycle.v1";
    public static final int PARTITIONS = 6;

    private static final Duration TRIGGER_RETENTION = Duration.ofDays(35);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** A dead letter is the message plus headers with the reason. */
    private static final int MAX_DEAD_LETTER_BYTES = 1 << 21;

    private KafkaTopics() {}

    /**
     * One topic's settings. Never compacted: compaction keeps only the latest record of a key, but a replay needs all
     * of them.
     */
    public record TopicSettings(String name, int partitions, Duration retention, int maxMessageBytes) {}

    public static List<TopicSettings> all() {
        var perWorker = Stream.of(WorkerKind.values())
                .flatMap(worker -> Stream.of(
                        new TopicSettings(worker.triggerTopic(), PARTITIONS, TRIGGER_RETENTION, MAX_MESSAGE_BYTES),
                        new TopicSettings(
                                worker.deadLetterTopic(), PARTITIONS, DEAD_LETTER_RETENTION, MAX_DEAD_LETTER_BYTES)));
        var shared = Stream.of(
                new TopicSettings(LIFECYCLE, PARTITIONS, TRIGGER_RETENTION, MAX_MESSAGE_BYTES),
                new TopicSettings(LIFECYCLE_DEAD_LETTERS, PARTITIONS, DEAD_LETTER_RETENTION, MAX_DEAD_LETTER_BYTES));
        return Stream.concat(perWorker, shared).toList();
    }
}
