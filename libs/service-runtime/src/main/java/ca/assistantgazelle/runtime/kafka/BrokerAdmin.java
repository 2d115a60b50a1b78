package ca.assistantgazelle.runtime.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Creates topics and checks whether the broker is reachable. */
@Singleton
public class BrokerAdmin {
    private static final long TIMEOUT_SECONDS = 5;

    private final Admin admin;
    private final TopicConfiguration configuration;

    BrokerAdmin(@Identifier("default-kafka-broker") Map<String, Object> broker, TopicConfiguration configuration) {
        this.configuration = configuration;
        var settings = new HashMap<>(broker);
        settings.put("client.id", "gazelle-admin");
        this.admin = Admin.create(settings);
    }

    /** Creates missing topics and returns their number. */
    public int createMissingTopics() throws ExecutionException, InterruptedException, TimeoutException {
        return new TopicCreator(admin, configuration).createMissing();
    }

    /** How existing topics differ from what this version needs, one sentence for each difference. */
    public List<String> inspectTopics() throws ExecutionException, InterruptedException, TimeoutException {
        return new TopicInspector(admin, configuration).differences();
    }

    /** Fails when the broker does not answer within five seconds. */
    public void ping() throws ExecutionException, InterruptedException, TimeoutException {
        admin.describeCluster().nodes().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ofSeconds(TIMEOUT_SECONDS));
    }
}
