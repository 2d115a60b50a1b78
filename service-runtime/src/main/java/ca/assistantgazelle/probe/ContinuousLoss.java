package ca.assistantgazelle.probe;

import java.time.Duration;
import java.time.Instant;

/** How long a peer has been away without a break. A single missed answer is not an outage. */
final class ContinuousLoss {
  private final Duration tolerated;
  private Instant since;

  ContinuousLoss(Duration tolerated) {
    this.tolerated = tolerated;
  }

  synchronized void answered() {
    since = null;
  }

  synchronized void missed(Instant now) {
    if (since == null) {
      since = now;
    }
  }

  /** Whether the peer has been away for longer than is tolerated. */
  synchronized boolean isOutage(Instant now) {
    return since != null && Duration.between(since, now).compareTo(tolerated) >= 0;
  }
}
