package ca.assistantgazelle.probe;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Metric;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive as long as every channel still asks the broker for messages, whether or not it gets an
 * answer. A consumer that was ended by an error of the JVM's never asks again: only a new process
 * does.
 */
@Liveness
@Singleton
final class ChannelsLiveness implements HealthCheck {
  private static final String SECONDS_SINCE_POLL = "last-poll-seconds-ago";

  private final KafkaClientService kafka;
  private final double longestSilence;
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  ChannelsLiveness(
      KafkaClientService kafka,
      @ConfigProperty(name = "gazelle.probe.longest-silence") Duration longestSilence) {
    this.kafka = kafka;
    this.longestSilence = longestSilence.toSeconds();
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("channels").up();
    for (var channel : kafka.getConsumerChannels()) {
      var silence = silence(channel);
      // A consumer that is closed takes its figures with it.
      boolean closed = silence.isEmpty() && heard.contains(channel);
      if (closed || silence.orElse(0) > longestSilence) {
        response.down();
      }
      if (silence.isPresent()) {
        heard.add(channel);
      }
      response.withData(
          channel,
          closed
              ? "closed"
              : silence.isEmpty() ? "not asked yet" : (long) silence.getAsDouble() + " s");
    }
    return response.build();
  }

  private OptionalDouble silence(String channel) {
    return kafka.getConsumers(channel).stream()
        .map(KafkaConsumer::unwrap)
        .filter(Objects::nonNull)
        .flatMap(consumer -> consumer.metrics().values().stream())
        .filter(metric -> metric.metricName().name().equals(SECONDS_SINCE_POLL))
        .map(Metric::metricValue)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .filter(seconds -> seconds >= 0)
        .max();
  }
}
