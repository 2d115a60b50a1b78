package ca.assistantgazelle.sync.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token and the refresh token that replaces it.
 *
 * @param accessToken null before the first exchange
 * @param expiresAt null if Gazelle did not return it
 * @param lifetime from issue to expiry; null if Gazelle did not return it
 * @param version incremented with every exchange
 */
record OAuthTokenPair(String accessToken, String refreshToken, Instant expiresAt, Duration lifetime, long version) {
    private static final Duration MAX_RENEWAL_LEAD = Duration.ofDays(1);

    /** The configured refresh token, not exchanged yet. */
    static OAuthTokenPair ofRefreshToken(String refreshToken) {
        return new OAuthTokenPair(null, refreshToken, null, null, 0);
    }

    /**
     * Whether it needs no renewal yet: at least a tenth of its lifetime, or a day, is left. A thirty-day token is thus
     * renewed before it expires, as its refresh token may expire with it.
     */
    boolean isFresh(Instant now) {
        if (accessToken == null) {
            return false;
        }
        if (expiresAt == null) {
            return true;
        }
        var tenth = lifetime.dividedBy(10);
        return now.isBefore(expiresAt.minus(tenth.compareTo(MAX_RENEWAL_LEAD) < 0 ? tenth : MAX_RENEWAL_LEAD));
    }

    /** Whether it has not expired yet. */
    boolean isValid(Instant now) {
        return accessToken != null && (expiresAt == null || now.isBefore(expiresAt));
    }

    @Override
    public String toString() {
        return "pair " + version;
    }
}
