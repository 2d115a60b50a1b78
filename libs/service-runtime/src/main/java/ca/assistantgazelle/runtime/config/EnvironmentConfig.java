package ca.assistantgazelle.runtime.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The environment and the job catalogue of this system. */
@ConfigMapping(prefix = "gazelle.scheduler")
public interface EnvironmentConfig {
    /** {@code SCHEDULER_ENABLED}: whether anything is planned at all. */
    boolean enabled();

    /** {@code SCHEDULER_ENV}: {@code local} (also when absent), {@code staging} or {@code production}. */
    String environment();

    /** {@code JOBS_FILE}: replaces the bundled catalogue. */
    Optional<Path> jobsFile();
}
