package ca.assistantgazelle.watch;

import java.time.Duration;

/**
 * Since when an observer has seen the database without a break. Instants are of a monotonic clock,
 * in nanoseconds.
 */
final class UninterruptedContact {
  private final long required;
  private final long longestGap;
  private boolean inContact;
  private long since;
  private long last;

  /**
   * @param required how long contact must have lasted
   * @param longestGap two sightings further apart are not one contact
   */
  UninterruptedContact(Duration required, Duration longestGap) {
    this.required = required.toNanos();
    this.longestGap = longestGap.toNanos();
  }

  void seen(long now) {
    if (!inContact || now - last > longestGap) {
      since = now;
      inContact = true;
    }
    last = now;
  }

  boolean isLongEnough(long now) {
    return inContact && now - last <= longestGap && last - since >= required;
  }
}
