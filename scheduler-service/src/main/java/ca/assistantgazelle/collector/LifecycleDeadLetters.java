package ca.assistantgazelle.collector;

import ca.assistantgazelle.broker.DeadLetters;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The collector's. */
@Singleton
class LifecycleDeadLetters extends DeadLetters {
  LifecycleDeadLetters(
      @Channel("dead-letters") MutinyEmitter<byte[]> emitter, ChannelRegistry channels) {
    super(emitter, channels, "lifecycle");
  }
}
