package ca.assistantgazelle.peers.gazelle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the server behaves where nobody knows how the real one does, or where it may change: set
 * while it runs. Source: reference/gazelle.md §15 and §16.
 */
public final class Behaviour {
  /** What an exchange does to the refresh token. */
  public enum RefreshToken {
    /** The answer has a new one, the old one is dead. */
    ROTATES,
    /** The answer has none, the old one stays valid. */
    STAYS,
    /** Refused: somebody must authorise again. */
    DEAD
  }

  private final Clock clock;
  private volatile boolean cancelledHidden;
  private volatile boolean updateReplaces;
  private volatile boolean newestClientHidden;
  private volatile Duration tokenLife;
  private volatile RefreshToken refreshToken;
  private volatile Instant pinned;

  Behaviour(Clock real) {
    this.clock = new Pinnable(real);
    reset();
  }

  /** As it was at the start. */
  public void reset() {
    cancelledHidden = false;
    updateReplaces = false;
    newestClientHidden = false;
    tokenLife = Duration.ofHours(2);
    refreshToken = RefreshToken.ROTATES;
    pinned = null;
  }

  /** Without a status filter, cancelled events are left out. */
  public void hideCancelled(boolean hidden) {
    cancelledHidden = hidden;
  }

  boolean hidesCancelled() {
    return cancelledHidden;
  }

  /** {@code updateEvent} clears what its input leaves out, instead of keeping it. */
  public void updateReplaces(boolean replaces) {
    updateReplaces = replaces;
  }

  boolean updateReplaces() {
    return updateReplaces;
  }

  /** The newest client is there but not listed, as if it had been made a moment later. */
  public void hideNewestClient(boolean hidden) {
    newestClientHidden = hidden;
  }

  boolean hidesNewestClient() {
    return newestClientHidden;
  }

  public void tokenLife(Duration life) {
    tokenLife = life;
  }

  Duration tokenLife() {
    return tokenLife;
  }

  public void refreshToken(RefreshToken wanted) {
    refreshToken = wanted;
  }

  RefreshToken refreshToken() {
    return refreshToken;
  }

  /** The server's clock stands at the instant; null lets it run again. */
  public void clockAt(Instant instant) {
    pinned = instant;
  }

  /** The server's clock. */
  Clock clock() {
    return clock;
  }

  /** In the words of the control API. */
  Map<String, Object> words() {
    var words = new LinkedHashMap<String, Object>();
    words.put("cancelled_events", cancelledHidden ? "hidden" : "shown");
    words.put("update_event", updateReplaces ? "replaces" : "merges");
    words.put("newest_client", newestClientHidden ? "hidden" : "listed");
    words.put("token_life_seconds", tokenLife.toSeconds());
    words.put("refresh_token", refreshToken.name().toLowerCase(java.util.Locale.ROOT));
    words.put("clock", pinned == null ? "runs" : pinned.toString());
    return words;
  }

  private final class Pinnable extends Clock {
    private final Clock real;

    private Pinnable(Clock real) {
      this.real = real;
    }

    @Override
    public ZoneId getZone() {
      return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new Pinnable(real.withZone(zone));
    }

    @Override
    public Instant instant() {
      var at = pinned;
      return at == null ? real.instant() : at;
    }
  }
}
