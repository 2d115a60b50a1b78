package ca.assistantgazelle.settings;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which catalogue this system runs, and where. */
@ConfigMapping(prefix = "gazelle.scheduler")
public interface SchedulerConfig {
  /** {@code SCHEDULER_ENABLED}: whether anything is planned at all. */
  boolean enabled();

  /**
   * {@code SCHEDULER_ENV}: {@code local} (also when absent), {@code staging} or {@code production}.
   */
  String environment();

  /** {@code JOBS_FILE}: replaces the bundled catalogue. */
  Optional<Path> jobsFile();
}
