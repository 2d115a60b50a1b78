package ca.assistantgazelle.dump;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.manifest.Manifest;
import java.util.Map;

/** Hears how a backup goes. */
public interface Watcher {
  /** A line for the run's log, without secrets. */
  void said(String line);

  /**
   * How far it is; called about twice a second.
   *
   * @param phase {@code dump}, {@code verify}, {@code publish}
   * @param bytes that pg_dump has written
   * @param taken by destination: bytes of the archive
   */
  void progress(String phase, long bytes, Map<String, Long> taken);

  /**
   * Asked before a manifest makes it a backup there: throws when this process may no longer do so
   * because another has taken over.
   */
  void beforePublishing(Destination destination, Manifest manifest);
}
