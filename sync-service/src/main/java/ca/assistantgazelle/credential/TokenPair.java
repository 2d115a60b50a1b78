package ca.assistantgazelle.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token and the refresh token that replaces it.
 *
 * @param accessToken null before the first exchange
 * @param expiresAt null when Gazelle did not say
 * @param lifetime from its issue to its end; null when Gazelle did not say
 * @param version grows with every exchange
 */
record TokenPair(
    String accessToken, String refreshToken, Instant expiresAt, Duration lifetime, long version) {
  private static final Duration EARLY = Duration.ofDays(1);

  /** What a person authorised, never exchanged yet. */
  static TokenPair seed(String refreshToken) {
    return new TokenPair(null, refreshToken, null, null, 0);
  }

  /**
   * Whether it serves for a while: at least a tenth of its life is left, at most a day is asked
   * for, so that a token of thirty days is renewed by one of many syncs before it ends, and not
   * after: its refresh token may end with it. Source: reference/gazelle.md §1.2.
   */
  boolean isFresh(Instant now) {
    if (accessToken == null) {
      return false;
    }
    if (expiresAt == null) {
      return true;
    }
    var tenth = lifetime.dividedBy(10);
    return now.isBefore(expiresAt.minus(tenth.compareTo(EARLY) < 0 ? tenth : EARLY));
  }

  /** Whether Gazelle should still take it, be it about to end. */
  boolean isAlive(Instant now) {
    return accessToken != null && (expiresAt == null || now.isBefore(expiresAt));
  }

  @Override
  public String toString() {
    return "pair " + version;
  }
}
