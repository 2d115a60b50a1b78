package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Dead-letters the run events that could not be stored. */
@Singleton
class RunEventDeadLetterPublisher extends DeadLetterPublisher {
    RunEventDeadLetterPublisher(@Channel("dead-letters") MutinyEmitter<byte[]> emitter, ChannelRegistry channels) {
        super(emitter, channels, "run-events");
    }
}
