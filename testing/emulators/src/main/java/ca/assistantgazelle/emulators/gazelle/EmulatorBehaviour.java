package ca.assistantgazelle.emulators.gazelle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Behaviour of the emulator where the real server's is unknown or may change. It can be changed at run time. */
public final class EmulatorBehaviour {
    /** How a token exchange treats the refresh token. */
    public enum RefreshTokenMode {
        /** The response has a new refresh token; the old one becomes invalid. */
        ROTATES,
        /** The response has no refresh token; the old one stays valid. */
        STAYS,
        /** The exchange is rejected; the application must be authorised again. */
        DEAD
    }

    private final Clock clock;
    private volatile boolean cancelledHidden;
    private volatile boolean updateReplaces;
    private volatile boolean newestClientHidden;
    private volatile Duration tokenLifetime;
    private volatile RefreshTokenMode refreshToken;
    private volatile Instant pinned;

    EmulatorBehaviour(Clock real) {
        this.clock = new PinnableClock(real);
        reset();
    }

    /** Restores the defaults. */
    public void reset() {
        cancelledHidden = false;
        updateReplaces = false;
        newestClientHidden = false;
        tokenLifetime = Duration.ofHours(2);
        refreshToken = RefreshTokenMode.ROTATES;
        pinned = null;
    }

    /** Sets whether listings without a status filter omit cancelled events. */
    public void hideCancelled(boolean hidden) {
        cancelledHidden = hidden;
    }

    boolean hidesCancelled() {
        return cancelledHidden;
    }

    /** Sets whether {@code updateEvent} clears fields missing in its input. */
    public void updateReplaces(boolean replaces) {
        updateReplaces = replaces;
    }

    boolean updateReplaces() {
        return updateReplaces;
    }

    /** Sets whether listings omit the newest client, as if it were created just after the query. */
    public void hideNewestClient(boolean hidden) {
        newestClientHidden = hidden;
    }

    boolean hidesNewestClient() {
        return newestClientHidden;
    }

    public void tokenLifetime(Duration life) {
        tokenLifetime = life;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    public void refreshToken(RefreshTokenMode wanted) {
        refreshToken = wanted;
    }

    RefreshTokenMode refreshToken() {
        return refreshToken;
    }

    /** Fixes the server's clock at the instant; null = it runs normally. */
    public void setClock(Instant instant) {
        pinned = instant;
    }

    /** The server's clock. */
    Clock clock() {
        return clock;
    }

    /** The settings, with the names and values of the control API. */
    Map<String, Object> toMap() {
        var words = new LinkedHashMap<String, Object>();
        words.put("cancelled_events", cancelledHidden ? "hidden" : "shown");
        words.put("update_event", updateReplaces ? "replaces" : "merges");
        words.put("newest_client", newestClientHidden ? "hidden" : "listed");
        words.put("token_life_seconds", tokenLifetime.toSeconds());
        words.put("refresh_token", refreshToken.name().toLowerCase(java.util.Locale.ROOT));
        words.put("clock", pinned == null ? "runs" : pinned.toString());
        return words;
    }

    private final class PinnableClock extends Clock {
        private final Clock real;

        private PinnableClock(Clock real) {
            this.real = real;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new PinnableClock(real.withZone(zone));
        }

        @Override
        public Instant instant() {
            var at = pinned;
            return at == null ? real.instant() : at;
        }
    }
}
