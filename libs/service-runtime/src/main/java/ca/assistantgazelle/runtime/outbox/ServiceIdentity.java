package ca.assistantgazelle.runtime.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The identity of this process. */
@ConfigMapping(prefix = "gazelle.service")
public interface ServiceIdentity {
    /** The service, for example {@code sync-service}. */
    String name();

    /** {@code HOSTNAME}: the name of the pod or machine. */
    @WithDefault("local")
    String host();

    /** Identifies the process among all replicas, also on the same machine. */
    default String process() {
        return name() + "@" + host() + ":" + ProcessHandle.current().pid();
    }
}
