package ca.assistantgazelle.runtime.kafka;

import ca.assistantgazelle.contract.topic.KafkaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Compares existing topics with how this version would create them. Nothing is changed: topics may be managed
 * elsewhere.
 */
final class TopicInspector {
    private static final long TIMEOUT_SECONDS = 30;

    private final Admin admin;
    private final TopicConfiguration configuration;

    TopicInspector(Admin admin, TopicConfiguration configuration) {
        this.admin = admin;
        this.configuration = configuration;
    }

    /** One sentence for each difference: value, rule and remedy. */
    List<String> differences() throws ExecutionException, InterruptedException, TimeoutException {
        var names =
                KafkaTopics.all().stream().map(KafkaTopics.TopicSettings::name).toList();
        var described = admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = admin.describeConfigs(resources).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var differences = new ArrayList<String>();
        for (var topic : KafkaTopics.all()) {
            compare(topic, described.get(topic.name()), differences);
            compare(topic, configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())), differences);
        }
        return differences;
    }

    private void compare(KafkaTopics.TopicSettings topic, TopicDescription found, List<String> differences) {
        int partitions = found.partitions().size();
        if (partitions < topic.partitions()) {
            differences.add("topic %s has %d partitions instead of %d; add some with kafka-topics --alter"
                    .formatted(topic.name(), partitions, topic.partitions()));
        }
        int replicas = found.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        configuration
                .replicationFactor()
                .filter(wanted -> replicas < wanted)
                .ifPresent(wanted -> differences.add(
                        "topic %s has %d replicas instead of %d (KAFKA_REPLICATION_FACTOR); reassign its partitions"
                                .formatted(topic.name(), replicas, wanted)));
    }

    private void compare(KafkaTopics.TopicSettings topic, Config found, List<String> differences) {
        atLeast(topic, found, TopicConfig.RETENTION_MS_CONFIG, topic.retention().toMillis(), differences);
        atLeast(topic, found, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, topic.maxMessageBytes(), differences);
        configuration
                .minInsyncReplicas()
                .ifPresent(
                        wanted -> atLeast(topic, found, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, wanted, differences));
        var policy = found.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
            differences.add("topic %s has cleanup.policy %s; it must be delete, or events are lost"
                    .formatted(topic.name(), policy));
        }
    }

    // A retention of -1 is without end.
    private static void atLeast(
            KafkaTopics.TopicSettings topic, Config found, String key, long wanted, List<String> differences) {
        long value = Long.parseLong(found.get(key).value());
        if (value != -1 && value < wanted) {
            differences.add("topic %s has %s %d; it must be at least %d; correct it with kafka-configs --alter"
                    .formatted(topic.name(), key, value, wanted));
        }
    }
}
