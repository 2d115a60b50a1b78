package ca.assistantgazelle.sync.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The OAuth application authorised in Gazelle. */
@ConfigMapping(prefix = "gazelle.oauth")
public interface GazelleOAuthConfig {
    /** {@code GAZELLE_OAUTH_URL}: the token endpoint's full URL, or the same without {@code /token}. */
    String url();

    /** {@code GAZELLE_OAUTH_CLIENT_ID}. */
    Optional<String> clientId();

    /** {@code GAZELLE_OAUTH_CLIENT_SECRET}. */
    Optional<String> clientSecret();

    /**
     * {@code GAZELLE_OAUTH_REFRESH_TOKEN}: the refresh token of the authorisation. Only the first exchange needs it; a
     * changed value replaces the stored pair.
     */
    Optional<String> refreshToken();

    /**
     * Time limit from the request to the last byte of the response; must be shorter than the claim,
     * {@link GazelleTokenStore#CLAIM_DURATION}.
     */
    @WithDefault("PT20S")
    Duration responseTimeout();
}
