package ca.assistantgazelle.emulators.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.LoopbackPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
    @TempDir
    Path home;

    @Test
    void topicsSurviveARestart() throws Exception {
        int port = LoopbackPorts.findFree();
        try (var broker = KafkaBroker.start(home, port);
                var admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("kept", Optional.of(6), Optional.empty())))
                    .all()
                    .get();
        }
        try (var broker = KafkaBroker.start(home, port);
                var admin = admin(broker)) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    private static Admin admin(KafkaBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
