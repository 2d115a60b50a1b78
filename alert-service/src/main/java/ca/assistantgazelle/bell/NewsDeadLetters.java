package ca.assistantgazelle.bell;

import ca.assistantgazelle.runtime.kafka.DeadLetterPublisher;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The bell's. */
@Singleton
class NewsDeadLetters extends DeadLetterPublisher {
  NewsDeadLetters(
      @Channel("dead-letters") MutinyEmitter<byte[]> emitter, ChannelRegistry channels) {
    super(emitter, channels, "news");
  }
}
