package ca.assistantgazelle.runtime.kafka;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** How topics are replicated. */
@ConfigMapping(prefix = "gazelle.kafka")
public interface TopicConfiguration {
    /** {@code KAFKA_REPLICATION_FACTOR}; the broker's default when absent. */
    Optional<Short> replicationFactor();

    /** {@code KAFKA_MIN_INSYNC_REPLICAS}; the broker's default when absent. */
    OptionalInt minInsyncReplicas();

    /** @throws IllegalArgumentException if the settings contradict each other; the message names them */
    default void requireValid() {
        if (replicationFactor().isPresent() && replicationFactor().get() < 1) {
            throw new IllegalArgumentException(
                    "KAFKA_REPLICATION_FACTOR is " + replicationFactor().get() + "; it must be at least 1.");
        }
        if (replicationFactor().isPresent()
                && minInsyncReplicas().isPresent()
                && minInsyncReplicas().getAsInt() > replicationFactor().get()) {
            throw new IllegalArgumentException("KAFKA_MIN_INSYNC_REPLICAS is "
                    + minInsyncReplicas().getAsInt() + "; it must not be greater than KAFKA_REPLICATION_FACTOR ("
                    + replicationFactor().get() + ").");
        }
    }
}
