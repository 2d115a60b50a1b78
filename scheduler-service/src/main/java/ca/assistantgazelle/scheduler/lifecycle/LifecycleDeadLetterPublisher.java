package ca.assistantgazelle.scheduler.lifecycle;

import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Publishes lifecycle events that cannot be read or stored to the dead-letter topic. */
@Singleton
class LifecycleDeadLetterPublisher extends DeadLetterPublisher {
    LifecycleDeadLetterPublisher(@Channel("dead-letters") MutinyEmitter<byte[]> emitter, ChannelRegistry channels) {
        super(emitter, channels, "lifecycle");
    }
}
