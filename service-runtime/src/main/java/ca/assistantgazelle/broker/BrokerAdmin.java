package ca.assistantgazelle.broker;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Speaks to the broker about topics and about its being there. */
@Singleton
public class BrokerAdmin {
  private static final long ANSWER_SECONDS = 5;

  private final Admin admin;

  BrokerAdmin(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    var settings = new HashMap<>(broker);
    settings.put("client.id", "gazelle-admin");
    this.admin = Admin.create(settings);
  }

  /** Creates what is missing; returns how many topics that were. */
  public int createMissingTopics()
      throws ExecutionException, InterruptedException, TimeoutException {
    return new TopicCreation(admin).createMissing();
  }

  /** Fails when the broker does not answer within five seconds. */
  public void ping() throws ExecutionException, InterruptedException, TimeoutException {
    admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(ANSWER_SECONDS));
  }
}
