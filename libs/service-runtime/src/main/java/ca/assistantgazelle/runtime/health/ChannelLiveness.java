package ca.assistantgazelle.runtime.health;

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
 * Alive as long as every channel still polls the broker, whether or not it gets an answer. A consumer that was ended by
 * a JVM error never polls again; only a restart helps.
 */
@Liveness
@Singleton
final class ChannelLiveness implements HealthCheck {
    private static final String SECONDS_SINCE_POLL = "last-poll-seconds-ago";

    private final KafkaClientService kafka;
    private final double maxSecondsSincePoll;
    private final Set<String> polledChannels = ConcurrentHashMap.newKeySet();

    ChannelLiveness(
            KafkaClientService kafka, @ConfigProperty(name = "gazelle.health.max-poll-gap") Duration longestSilence) {
        this.kafka = kafka;
        this.maxSecondsSincePoll = longestSilence.toSeconds();
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("channels").up();
        for (var channel : kafka.getConsumerChannels()) {
            var silence = secondsSincePoll(channel);
            // A closed consumer has no metrics.
            boolean closed = silence.isEmpty() && polledChannels.contains(channel);
            if (closed || silence.orElse(0) > maxSecondsSincePoll) {
                response.down();
            }
            if (silence.isPresent()) {
                polledChannels.add(channel);
            }
            response.withData(
                    channel,
                    closed ? "closed" : silence.isEmpty() ? "not polled yet" : (long) silence.getAsDouble() + " s");
        }
        return response.build();
    }

    private OptionalDouble secondsSincePoll(String channel) {
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
