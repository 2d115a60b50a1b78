package ca.assistantgazelle.credential;

import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.WholeAnswer;
import ca.assistantgazelle.redaction.Redaction;
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
class TokenEndpoint {
  /** RFC 6749 §5.2. Anything else in an answer could be anything, a token included. */
  private static final Set<String> CODES =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private final OAuthApi api;
  private final OAuthConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  TokenEndpoint(@RestClient OAuthApi api, OAuthConfig config, ObjectMapper json, Clock clock) {
    this.api = api;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The pair that replaces this one. An answer without a refresh token means that the old one stays
   * valid.
   *
   * @throws GazelleException GAZELLE_REFRESH_REFUSED when a person must authorise again,
   *     GAZELLE_OAUTH_UNREACHABLE when trying again may help
   */
  TokenPair exchange(TokenPair pair) {
    var request =
        api.token(
            url(),
            "refresh_token",
            config.clientId().orElseThrow(),
            config.clientSecret().orElseThrow(),
            pair.refreshToken());
    try (var response = WholeAnswer.of(request, config.longestAnswer())) {
      return pair(pair, answer(response));
    } catch (ProcessingException e) {
      throw unreachable("did not answer (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** People configure the endpoint, or the folder it is in. */
  private String url() {
    var url = config.url().replaceAll("/+$", "");
    return url.endsWith("/token") ? url : url + "/token";
  }

  private JsonNode answer(Response response) {
    int status = response.getStatus();
    if (status >= 500 || status == 429) {
      throw unreachable("answered HTTP " + status, null);
    }
    var answer = read(response);
    if (status != 200) {
      throw refused(status, answer.path("error").asText(""));
    }
    return answer;
  }

  private TokenPair pair(TokenPair old, JsonNode answer) {
    var access = answer.path("access_token").asText("");
    if (access.isEmpty()) {
      throw unreachable("answered without an access token", null);
    }
    var refresh = answer.path("refresh_token").asText("");
    var lifetime =
        answer.path("expires_in").canConvertToLong() && answer.path("expires_in").asLong() > 0
            ? Duration.ofSeconds(answer.path("expires_in").asLong())
            : null;
    Instant expiresAt = lifetime == null ? null : clock.instant().plus(lifetime);
    return new TokenPair(
        access,
        refresh.isEmpty() ? old.refreshToken() : refresh,
        expiresAt,
        lifetime,
        old.version() + 1);
  }

  private JsonNode read(Response response) {
    try {
      return json.readTree(response.readEntity(String.class));
    } catch (JsonProcessingException e) {
      throw unreachable("gave an answer that is not JSON", e);
    }
  }

  private GazelleException unreachable(String what, Throwable cause) {
    return GazelleException.of(
        "GAZELLE_OAUTH_UNREACHABLE",
        true,
        "Gazelle's token endpoint " + Redaction.redact(url()) + " " + what + ".",
        "See that GAZELLE_OAUTH_URL is right and that this machine reaches it; Gazelle may be down.",
        cause);
  }

  private static GazelleException refused(int status, String code) {
    return GazelleException.of(
        "GAZELLE_REFRESH_REFUSED",
        false,
        "Gazelle refused to renew the access token (HTTP "
            + status
            + (CODES.contains(code) ? ", " + code : "")
            + ").",
        code.equals("invalid_client")
            ? "See that GAZELLE_OAUTH_CLIENT_ID and GAZELLE_OAUTH_CLIENT_SECRET are those of the application at Gazelle."
            : "The refresh token is dead: authorise the application again at Gazelle and set GAZELLE_OAUTH_REFRESH_TOKEN to the new one.",
        null);
  }
}
