package ca.assistantgazelle.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
    @Test
    void topicNamesAreStable() {
        assertThat(KafkaTopics.all().stream().map(KafkaTopics.TopicSettings::name))
                .containsExactlyInAnyOrder(
                        "jobs.trigger.sync.v1",
                        "jobs.trigger.report.v1",
                        "jobs.trigger.alert.v1",
                        "jobs.trigger.backup.v1",
                        "jobs.lifecycle.v1",
                        "jobs.dlq.sync.v1",
                        "jobs.dlq.report.v1",
                        "jobs.dlq.alert.v1",
                        "jobs.dlq.backup.v1",
                        "jobs.dlq.lifecycle.v1");
    }

    @Test
    void aMonthOfTriggersCanBeReplayed() {
        assertThat(KafkaTopics.all()).allSatisfy(topic -> {
            assertThat(topic.partitions()).isEqualTo(6);
            assertThat(topic.retention()).isGreaterThanOrEqualTo(Duration.ofDays(35));
        });
    }
}
