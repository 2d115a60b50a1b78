package ca.assistantgazelle.broker;

import ca.assistantgazelle.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing, explicitly, and waits until every partition has a leader.
 */
final class TopicCreation {
  private static final long ANSWER_SECONDS = 30;
  private static final Duration LEADER_LIMIT = Duration.ofSeconds(60);

  private final Admin admin;

  TopicCreation(Admin admin) {
    this.admin = admin;
  }

  /** Returns how many topics were created. */
  int createMissing() throws ExecutionException, InterruptedException, TimeoutException {
    var existing = admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    var missing =
        Topics.all().stream()
            .filter(topic -> !existing.contains(topic.name()))
            .map(TopicCreation::definition)
            .toList();
    for (var creation : admin.createTopics(missing).values().values()) {
      try {
        creation.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        // Another service started at the same moment and was faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    awaitLeaders();
    return missing.size();
  }

  private void awaitLeaders() throws ExecutionException, InterruptedException, TimeoutException {
    var names = Topics.all().stream().map(Topics.Topic::name).toList();
    var limit = System.nanoTime() + LEADER_LIMIT.toNanos();
    while (!allLed(names)) {
      if (System.nanoTime() > limit) {
        throw new TimeoutException(
            "not every partition has a leader after " + LEADER_LIMIT.toSeconds() + " s");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private boolean allLed(List<String> names)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, TopicDescription> described = new HashMap<>();
    for (var description : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        described.put(
            description.getKey(), description.getValue().get(ANSWER_SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          return false;
        }
        throw e;
      }
    }
    return described.values().stream()
        .flatMap(description -> description.partitions().stream())
        .collect(
            Collectors.partitioningBy(
                partition -> partition.leader() != null && !partition.leader().isEmpty()))
        .get(false)
        .isEmpty();
  }

  // Replication is the broker's default: three in production, one on a laptop.
  private static NewTopic definition(Topics.Topic topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topic.retention().toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(topic.largestMessage())));
  }
}
