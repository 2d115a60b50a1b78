package ca.assistantgazelle.topic;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every topic of the system, as it must exist on the broker. */
public final class Topics {
  public static final String LIFECYCLE = "jobs.lifecycle.v1";
  public static final String LIFECYCLE_DEAD_LETTERS = "jobs.dlq.lifecycle.v1";
  public static final int PARTITIONS = 6;

  private static final Duration TRIGGER_RETENTION = Duration.ofDays(35);
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);
  private static final int MESSAGE = 1 << 20;

  /** A dead letter is its message plus the headers that say why. */
  private static final int DEAD_LETTER = 1 << 21;

  private Topics() {}

  /**
   * One topic's settings. Never compacted: compaction keeps only the latest record of a key, which
   * is what a replay must not lose.
   */
  public record Topic(String name, int partitions, Duration retention, int largestMessage) {}

  public static List<Topic> all() {
    var perWorker =
        Stream.of(Worker.values())
            .flatMap(
                worker ->
                    Stream.of(
                        new Topic(worker.triggerTopic(), PARTITIONS, TRIGGER_RETENTION, MESSAGE),
                        new Topic(
                            worker.deadLetterTopic(),
                            PARTITIONS,
                            DEAD_LETTER_RETENTION,
                            DEAD_LETTER)));
    var shared =
        Stream.of(
            new Topic(LIFECYCLE, PARTITIONS, TRIGGER_RETENTION, MESSAGE),
            new Topic(LIFECYCLE_DEAD_LETTERS, PARTITIONS, DEAD_LETTER_RETENTION, DEAD_LETTER));
    return Stream.concat(perWorker, shared).toList();
  }
}
