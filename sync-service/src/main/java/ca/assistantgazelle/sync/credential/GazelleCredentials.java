package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.sync.gazelle.GazelleApiConfig;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import jakarta.inject.Singleton;

/** Chooses the credential for requests to Gazelle: the API key if configured, else an OAuth token. */
@Singleton
public class GazelleCredentials {
    private final GazelleApiConfig api;
    private final GazelleOAuthConfig oauth;
    private final OAuthTokenExchange exchange;

    GazelleCredentials(GazelleApiConfig api, GazelleOAuthConfig oauth, OAuthTokenExchange exchange) {
        this.api = api;
        this.oauth = oauth;
        this.exchange = exchange;
    }

    /** @throws GazelleException if no credential is configured or it cannot be obtained */
    public ApiCredential current() throws InterruptedException {
        if (api.key().isPresent()) {
            return ApiCredential.ofKey(api.key().get());
        }
        requireOAuth();
        return ApiCredential.ofToken(exchange.current());
    }

    /** The credential to use after Gazelle rejected one: the same key, or a token exchanged since. */
    public ApiCredential replacementFor(ApiCredential refused) throws InterruptedException {
        return refused.accessToken() == null
                ? refused
                : ApiCredential.ofToken(exchange.replacementFor(refused.accessToken()));
    }

    private void requireOAuth() {
        if (oauth.clientId().isEmpty() || oauth.clientSecret().isEmpty()) {
            throw GazelleException.of(
                    "GAZELLE_TOKEN_MISSING",
                    false,
                    "Neither an API key nor an OAuth application is configured for Gazelle.",
                    "Set GAZELLE_API_KEY, or GAZELLE_OAUTH_CLIENT_ID, GAZELLE_OAUTH_CLIENT_SECRET and GAZELLE_OAUTH_REFRESH_TOKEN.",
                    null);
        }
    }
}
