package ca.assistantgazelle.peers.gazelle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Authorises one application as Doorkeeper does: authorisation code and refresh grants, nothing
 * else. Source: reference/gazelle.md §1.2.
 */
public final class OAuthServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LARGEST_BODY = 1 << 16;

  /** An authorisation that can still be renewed. */
  private record Grant(String accessToken, Instant expiresAt, String refreshToken) {}

  private final Behaviour behaviour;
  private final Clock clock;
  private final String clientId = "local-application";
  private final String clientSecret = secret();
  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, Grant> byRefreshToken = new HashMap<>();
  private int exchanges;
  private int refreshes;

  OAuthServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    this.clock = behaviour.clock();
  }

  public String clientId() {
    return clientId;
  }

  public String clientSecret() {
    return clientSecret;
  }

  /** Authorises the application as a person would in the browser; gives the refresh token. */
  public synchronized String authorise() {
    return granted().refreshToken();
  }

  /** Refresh tokens exchanged since the start. */
  public synchronized int exchanges() {
    return exchanges;
  }

  /** Refresh tokens that were shown, refused ones included. */
  public synchronized int refreshes() {
    return refreshes;
  }

  synchronized boolean accepts(String accessToken) {
    return byRefreshToken.values().stream()
        .anyMatch(
            grant ->
                grant.accessToken().equals(accessToken)
                    && clock.instant().isBefore(grant.expiresAt()));
  }

  /** {@code GET /developer/oauth/authorize}: says yes at once. */
  void authorize(HttpExchange exchange) throws IOException {
    try (exchange) {
      var asked = form(exchange.getRequestURI().getRawQuery());
      var redirect = asked.getOrDefault("redirect_uri", "");
      if (!clientId.equals(asked.get("client_id"))
          || !"code".equals(asked.get("response_type"))
          || !redirect.matches("https?://[^\\s]+")) {
        refuse(exchange, 400, "invalid_request", "client_id, response_type or redirect_uri");
        return;
      }
      var code = secret();
      synchronized (this) {
        codes.put(code, redirect);
      }
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              redirect
                  + (redirect.contains("?") ? "&" : "?")
                  + "code="
                  + code
                  + "&state="
                  + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(302, -1);
    }
  }

  /** {@code POST /developer/oauth/token}, form or JSON. */
  void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body =
          new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
      var type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
      var asked = type.startsWith("application/json") ? json(body) : form(body);
      if (!clientId.equals(asked.get("client_id"))
          || !clientSecret.equals(asked.get("client_secret"))) {
        refuse(exchange, 401, "invalid_client", "Client authentication failed.");
        return;
      }
      switch (asked.getOrDefault("grant_type", "")) {
        case "authorization_code" -> exchangeCode(exchange, asked);
        case "refresh_token" -> refresh(exchange, asked.get("refresh_token"));
        default ->
            refuse(
                exchange,
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.");
      }
    }
  }

  private void exchangeCode(HttpExchange exchange, Map<String, String> asked) throws IOException {
    Grant grant = null;
    synchronized (this) {
      var redirect = codes.remove(asked.get("code"));
      if (redirect != null && redirect.equals(asked.get("redirect_uri"))) {
        grant = granted();
      }
    }
    if (grant == null) {
      refuse(exchange, 400, "invalid_grant", "The provided authorization grant is invalid.");
    } else {
      answer(exchange, grant, true);
    }
  }

  private void refresh(HttpExchange exchange, String refreshToken) throws IOException {
    var wanted = behaviour.refreshToken();
    Grant renewed = null;
    synchronized (this) {
      refreshes++;
      var old = byRefreshToken.get(refreshToken);
      if (old != null && wanted != Behaviour.RefreshToken.DEAD) {
        exchanges++;
        byRefreshToken.remove(refreshToken);
        renewed = keep(wanted == Behaviour.RefreshToken.ROTATES ? secret() : refreshToken);
      }
    }
    if (renewed == null) {
      refuse(exchange, 400, "invalid_grant", "The provided authorization grant is revoked.");
    } else {
      answer(exchange, renewed, wanted == Behaviour.RefreshToken.ROTATES);
    }
  }

  private Grant granted() {
    return keep(secret());
  }

  private Grant keep(String refreshToken) {
    var grant = new Grant(secret(), clock.instant().plus(behaviour.tokenLife()), refreshToken);
    byRefreshToken.put(refreshToken, grant);
    return grant;
  }

  private void answer(HttpExchange exchange, Grant grant, boolean withRefreshToken)
      throws IOException {
    var body = new LinkedHashMap<String, Object>();
    body.put("access_token", grant.accessToken());
    body.put("token_type", "Bearer");
    body.put("expires_in", behaviour.tokenLife().toSeconds());
    if (withRefreshToken) {
      body.put("refresh_token", grant.refreshToken());
    }
    body.put("scope", "");
    body.put("created_at", clock.instant().getEpochSecond());
    Answers.send(exchange, 200, "application/json", JSON.writeValueAsBytes(body));
  }

  private static void refuse(HttpExchange exchange, int status, String error, String description)
      throws IOException {
    Answers.send(
        exchange,
        status,
        "application/json",
        JSON.writeValueAsBytes(Map.of("error", error, "error_description", description)));
  }

  private static Map<String, String> json(String body) throws IOException {
    var fields = new HashMap<String, String>();
    JSON.readTree(body)
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    return fields;
  }

  private static Map<String, String> form(String body) {
    var fields = new HashMap<String, String>();
    for (var pair : (body == null ? "" : body).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  // Longer than 50 characters, like the real ones.
  private static String secret() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
