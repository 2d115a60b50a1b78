package ca.assistantgazelle.credential;

import ca.assistantgazelle.gazelle.ApiConfig;
import ca.assistantgazelle.gazelle.GazelleException;
import jakarta.inject.Singleton;

/**
 * Chooses what requests show to Gazelle: the key when there is one, else the application's token.
 */
@Singleton
public class Credentials {
  private final ApiConfig api;
  private final OAuthConfig oauth;
  private final TokenExchange exchange;

  Credentials(ApiConfig api, OAuthConfig oauth, TokenExchange exchange) {
    this.api = api;
    this.oauth = oauth;
    this.exchange = exchange;
  }

  /**
   * @throws GazelleException when there is none, or it cannot be had; four different errors
   */
  public Credential current() throws InterruptedException {
    if (api.key().isPresent()) {
      return Credential.ofKey(api.key().get());
    }
    requireOAuth();
    return Credential.ofToken(exchange.current());
  }

  /**
   * After Gazelle refused one: a key stays what it is, a token is exchanged unless it was already.
   */
  public Credential insteadOf(Credential refused) throws InterruptedException {
    return refused.accessToken() == null
        ? refused
        : Credential.ofToken(exchange.insteadOf(refused.accessToken()));
  }

  private void requireOAuth() {
    if (oauth.clientId().isEmpty() || oauth.clientSecret().isEmpty()) {
      throw GazelleException.of(
          "GAZELLE_TOKEN_MISSING",
          false,
          "There is neither an API key nor an OAuth application for Gazelle.",
          "Set GAZELLE_API_KEY, or GAZELLE_OAUTH_CLIENT_ID, GAZELLE_OAUTH_CLIENT_SECRET and GAZELLE_OAUTH_REFRESH_TOKEN.",
          null);
    }
  }
}
