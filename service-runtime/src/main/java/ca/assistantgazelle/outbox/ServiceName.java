package ca.assistantgazelle.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this process calls itself. */
@ConfigMapping(prefix = "gazelle.service")
public interface ServiceName {
  /** The service, for example {@code sync-service}. */
  String name();

  /** {@code HOSTNAME}: the pod's or the machine's name. */
  @WithDefault("local")
  String host();

  /** The process among all replicas; two processes of one machine differ. */
  default String process() {
    return name() + "@" + host() + ":" + ProcessHandle.current().pid();
  }
}
