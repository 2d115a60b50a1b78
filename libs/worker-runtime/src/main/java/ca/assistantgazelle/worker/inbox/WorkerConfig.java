package ca.assistantgazelle.worker.inbox;

import ca.assistantgazelle.contract.topic.WorkerKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configuration of a worker. */
@ConfigMapping(prefix = "gazelle.worker")
public interface WorkerConfig {
    /** The kind of worker, which determines the triggers it consumes. */
    WorkerKind kind();

    /** Number of attempts that run concurrently. */
    @WithDefault("1")
    int slots();

    /** How long a claimed attempt belongs to its worker without a renewal; renewed every third of it. */
    @WithDefault("PT6S")
    Duration lease();

    /** How long an attempt that was interrupted may go on before it is given up and its slot is lost. */
    @WithDefault("PT30S")
    Duration stopTimeout();
}
