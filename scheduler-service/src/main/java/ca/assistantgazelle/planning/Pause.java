package ca.assistantgazelle.planning;

import java.time.Instant;

/**
 * A job that somebody paused.
 *
 * @param until when it ends by itself; null when somebody has to end it
 */
record Pause(Instant since, Instant until, String by, String reason) {
  boolean covers(Instant fire) {
    return !fire.isBefore(since) && (until == null || fire.isBefore(until));
  }

  String sentence() {
    return "paused by " + by + (reason == null ? "" : ": " + reason);
  }
}
