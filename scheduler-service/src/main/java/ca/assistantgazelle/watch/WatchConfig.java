package ca.assistantgazelle.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How lost workers are noticed. */
@ConfigMapping(prefix = "gazelle.watch")
public interface WatchConfig {
  /** The longest lease a worker takes ({@code gazelle.worker.lease}). */
  @WithDefault("PT6S")
  Duration lease();
}
