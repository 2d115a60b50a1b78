package ca.assistantgazelle.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The application that a person authorised at Gazelle. */
@ConfigMapping(prefix = "gazelle.oauth")
public interface OAuthConfig {
  /**
   * {@code GAZELLE_OAUTH_URL}: the token endpoint's full URL, or the same without {@code /token}.
   */
  String url();

  /** {@code GAZELLE_OAUTH_CLIENT_ID}. */
  Optional<String> clientId();

  /** {@code GAZELLE_OAUTH_CLIENT_SECRET}. */
  Optional<String> clientSecret();

  /**
   * {@code GAZELLE_OAUTH_REFRESH_TOKEN}: what the authorisation gave. Only the first exchange needs
   * it; a new one replaces the stored pair.
   */
  Optional<String> refreshToken();

  /**
   * How long an answer may take from the request to its last byte: less than another process waits
   * for ours, see {@link TokenStore#EXCHANGE}.
   */
  @WithDefault("PT20S")
  Duration longestAnswer();
}
