package ca.assistantgazelle.probe;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import java.time.Duration;
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
      double silence = silence(channel);
      response.withData(channel, silence < 0 ? "not asked yet" : (long) silence + " s");
      if (silence > longestSilence) {
        response.down();
      }
    }
    return response.build();
  }

  // Below zero before the first time.
  private double silence(String channel) {
    return kafka.getConsumers(channel).stream()
        .flatMap(consumer -> consumer.unwrap().metrics().values().stream())
        .filter(metric -> metric.metricName().name().equals(SECONDS_SINCE_POLL))
        .map(Metric::metricValue)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .max()
        .orElse(-1);
  }
}
