package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.ResponseDeadline;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Exchanges a refresh token for a new pair. */
@Singleton
class TokenEndpointClient {
    /** Error codes of RFC 6749 §5.2; other values are not logged, as they may contain a token. */
    private static final Set<String> OAUTH_ERROR_CODES = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    private final OAuthTokenApi api;
    private final GazelleOAuthConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    TokenEndpointClient(@RestClient OAuthTokenApi api, GazelleOAuthConfig config, ObjectMapper json, Clock clock) {
        this.api = api;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Exchanges this pair for a new one. A response without a refresh token means that the old one stays valid.
     *
     * @throws GazelleException GAZELLE_REFRESH_REFUSED if the application must be authorised again,
     *     GAZELLE_OAUTH_UNREACHABLE if a retry may help
     */
    OAuthTokenPair exchange(OAuthTokenPair pair) {
        var request = api.token(
                url(),
                "refresh_token",
                config.clientId().orElseThrow(),
                config.clientSecret().orElseThrow(),
                pair.refreshToken());
        try (var response = ResponseDeadline.await(request, config.responseTimeout())) {
            return toTokenPair(pair, parseResponse(response));
        } catch (ProcessingException e) {
            throw unreachable("did not respond (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Accepts the endpoint's URL or its parent path. */
    private String url() {
        var url = config.url().replaceAll("/+$", "");
        return url.endsWith("/token") ? url : url + "/token";
    }

    private JsonNode parseResponse(Response response) {
        int status = response.getStatus();
        if (status >= 500 || status == 429) {
            throw unreachable("returned HTTP " + status, null);
        }
        var answer = parseJson(response);
        if (status != 200) {
            throw refused(status, answer.path("error").asText(""));
        }
        return answer;
    }

    private OAuthTokenPair toTokenPair(OAuthTokenPair old, JsonNode answer) {
        var access = answer.path("access_token").asText("");
        if (access.isEmpty()) {
            throw unreachable("returned no access token", null);
        }
        var refresh = answer.path("refresh_token").asText("");
        var lifetime = answer.path("expires_in").canConvertToLong()
                        && answer.path("expires_in").asLong() > 0
                ? Duration.ofSeconds(answer.path("expires_in").asLong())
                : null;
        Instant expiresAt = lifetime == null ? null : clock.instant().plus(lifetime);
        return new OAuthTokenPair(
                access, refresh.isEmpty() ? old.refreshToken() : refresh, expiresAt, lifetime, old.version() + 1);
    }

    private JsonNode parseJson(Response response) {
        try {
            return json.readTree(response.readEntity(String.class));
        } catch (JsonProcessingException e) {
            throw unreachable("returned a response that is not JSON", e);
        }
    }

    private GazelleException unreachable(String what, Throwable cause) {
        return GazelleException.of(
                "GAZELLE_OAUTH_UNREACHABLE",
                true,
                "Gazelle's token endpoint " + SecretRedaction.redact(url()) + " " + what + ".",
                "Check that GAZELLE_OAUTH_URL is correct and reachable from this machine; Gazelle may be down.",
                cause);
    }

    private static GazelleException refused(int status, String code) {
        return GazelleException.of(
                "GAZELLE_REFRESH_REFUSED",
                false,
                "Gazelle refused to renew the access token (HTTP "
                        + status
                        + (OAUTH_ERROR_CODES.contains(code) ? ", " + code : "")
                        + ").",
                code.equals("invalid_client")
                        ? "Check that GAZELLE_OAUTH_CLIENT_ID and GAZELLE_OAUTH_CLIENT_SECRET are those of the application in Gazelle."
                        : "The refresh token is no longer valid: authorise the application again in Gazelle and set GAZELLE_OAUTH_REFRESH_TOKEN to the new one.",
                null);
    }
}
