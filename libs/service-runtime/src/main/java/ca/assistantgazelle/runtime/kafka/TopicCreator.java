package ca.assistantgazelle.runtime.kafka;

import ca.assistantgazelle.contract.topic.KafkaTopics;
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

/** Creates missing topics and waits until every partition has a leader. */
final class TopicCreator {
    private static final long TIMEOUT_SECONDS = 30;
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(60);

    private final Admin admin;
    private final TopicConfiguration configuration;

    TopicCreator(Admin admin, TopicConfiguration configuration) {
        this.admin = admin;
        this.configuration = configuration;
    }

    /** Returns the number of topics that were missing. */
    int createMissing() throws ExecutionException, InterruptedException, TimeoutException {
        var existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var missing = KafkaTopics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(this::newTopic)
                .toList();
        for (var creation : admin.createTopics(missing).values().values()) {
            try {
                creation.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                // Another service created it at the same time.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitLeaders();
        return missing.size();
    }

    private void awaitLeaders() throws ExecutionException, InterruptedException, TimeoutException {
        var names =
                KafkaTopics.all().stream().map(KafkaTopics.TopicSettings::name).toList();
        var limit = System.nanoTime() + LEADER_TIMEOUT.toNanos();
        while (!allHaveLeaders(names)) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException(
                        "not every partition has a leader after " + LEADER_TIMEOUT.toSeconds() + " s");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean allHaveLeaders(List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> described = new HashMap<>();
        for (var description : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                described.put(description.getKey(), description.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return false;
                }
                throw e;
            }
        }
        return described.values().stream()
                .flatMap(description -> description.partitions().stream())
                .collect(Collectors.partitioningBy(partition ->
                        partition.leader() != null && !partition.leader().isEmpty()))
                .get(false)
                .isEmpty();
    }

    private NewTopic newTopic(KafkaTopics.TopicSettings topic) {
        var settings = new HashMap<String, String>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes()));
        configuration
                .minInsyncReplicas()
                .ifPresent(least -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(least)));
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), configuration.replicationFactor())
                .configs(settings);
    }
}
