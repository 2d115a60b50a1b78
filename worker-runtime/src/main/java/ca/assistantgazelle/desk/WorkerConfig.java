package ca.assistantgazelle.desk;

import ca.assistantgazelle.topic.Worker;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this worker takes and does its work. */
@ConfigMapping(prefix = "gazelle.worker")
public interface WorkerConfig {
  /** Which triggers it takes. */
  Worker kind();

  /** How many attempts it runs at once. */
  @WithDefault("1")
  int slots();

  /**
   * How long an attempt belongs to its worker without a sign of life; renewed three times as often.
   */
  @WithDefault("PT6S")
  Duration lease();
}
