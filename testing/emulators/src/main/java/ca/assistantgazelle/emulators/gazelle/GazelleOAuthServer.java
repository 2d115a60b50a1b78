package ca.assistantgazelle.emulators.gazelle;

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
 * OAuth server for one application, compatible with Doorkeeper; supports only the authorisation code and refresh token
 * grants.
 */
public final class GazelleOAuthServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_BODY_BYTES = 1 << 16;

    /** A valid authorisation. */
    private record OAuthGrant(String accessToken, Instant expiresAt, String refreshToken) {}

    private final EmulatorBehaviour behaviour;
    private final Clock clock;
    private final String clientId = "local-application";
    private final String clientSecret = randomSecret();
    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, OAuthGrant> byRefreshToken = new HashMap<>();
    private int exchanges;
    private int refreshAttempts;

    GazelleOAuthServer(EmulatorBehaviour behaviour) {
        this.behaviour = behaviour;
        this.clock = behaviour.clock();
    }

    public String clientId() {
        return clientId;
    }

    public String clientSecret() {
        return clientSecret;
    }

    /** Authorises the application, as a user would in the browser, and returns the refresh token. */
    public synchronized String issueRefreshToken() {
        return newGrant().refreshToken();
    }

    /** Number of successful refreshes since the start. */
    public synchronized int exchanges() {
        return exchanges;
    }

    /** Number of refresh requests since the start, rejected ones included. */
    public synchronized int refreshAttempts() {
        return refreshAttempts;
    }

    synchronized boolean accepts(String accessToken) {
        return byRefreshToken.values().stream()
                .anyMatch(grant -> grant.accessToken().equals(accessToken)
                        && clock.instant().isBefore(grant.expiresAt()));
    }

    /** {@code GET /developer/oauth/authorize}: grants access without asking the user. */
    void handleAuthorize(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = form(exchange.getRequestURI().getRawQuery());
            var redirect = asked.getOrDefault("redirect_uri", "");
            if (!clientId.equals(asked.get("client_id"))
                    || !"code".equals(asked.get("response_type"))
                    || !redirect.matches("https?://[^\\s]+")) {
                sendError(exchange, 400, "invalid_request", "Invalid client_id, response_type or redirect_uri");
                return;
            }
            var code = randomSecret();
            synchronized (this) {
                codes.put(code, redirect);
            }
            exchange.getResponseHeaders()
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
    void handleToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
            var type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
            var asked = type.startsWith("application/json") ? json(body) : form(body);
            if (!clientId.equals(asked.get("client_id")) || !clientSecret.equals(asked.get("client_secret"))) {
                sendError(exchange, 401, "invalid_client", "Client authentication failed.");
                return;
            }
            switch (asked.getOrDefault("grant_type", "")) {
                case "authorization_code" -> exchangeCode(exchange, asked);
                case "refresh_token" -> refresh(exchange, asked.get("refresh_token"));
                default ->
                    sendError(
                            exchange,
                            400,
                            "unsupported_grant_type",
                            "The authorization grant type is not supported by the authorization server.");
            }
        }
    }

    private void exchangeCode(HttpExchange exchange, Map<String, String> asked) throws IOException {
        OAuthGrant grant = null;
        synchronized (this) {
            var redirect = codes.remove(asked.get("code"));
            if (redirect != null && redirect.equals(asked.get("redirect_uri"))) {
                grant = newGrant();
            }
        }
        if (grant == null) {
            sendError(exchange, 400, "invalid_grant", "The provided authorization grant is invalid.");
        } else {
            sendGrant(exchange, grant, true);
        }
    }

    private void refresh(HttpExchange exchange, String refreshToken) throws IOException {
        var wanted = behaviour.refreshToken();
        OAuthGrant renewed = null;
        synchronized (this) {
            refreshAttempts++;
            var old = byRefreshToken.get(refreshToken);
            if (old != null && wanted != EmulatorBehaviour.RefreshTokenMode.DEAD) {
                exchanges++;
                byRefreshToken.remove(refreshToken);
                renewed = storeGrant(
                        wanted == EmulatorBehaviour.RefreshTokenMode.ROTATES ? randomSecret() : refreshToken);
            }
        }
        if (renewed == null) {
            sendError(exchange, 400, "invalid_grant", "The provided authorization grant is revoked.");
        } else {
            sendGrant(exchange, renewed, wanted == EmulatorBehaviour.RefreshTokenMode.ROTATES);
        }
    }

    private OAuthGrant newGrant() {
        return storeGrant(randomSecret());
    }

    private OAuthGrant storeGrant(String refreshToken) {
        var grant = new OAuthGrant(randomSecret(), clock.instant().plus(behaviour.tokenLifetime()), refreshToken);
        byRefreshToken.put(refreshToken, grant);
        return grant;
    }

    private void sendGrant(HttpExchange exchange, OAuthGrant grant, boolean withRefreshToken) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("access_token", grant.accessToken());
        body.put("token_type", "Bearer");
        body.put("expires_in", behaviour.tokenLifetime().toSeconds());
        if (withRefreshToken) {
            body.put("refresh_token", grant.refreshToken());
        }
        body.put("scope", "");
        body.put("created_at", clock.instant().getEpochSecond());
        EmulatorResponses.send(exchange, 200, "application/json", JSON.writeValueAsBytes(body));
    }

    private static void sendError(HttpExchange exchange, int status, String error, String description)
            throws IOException {
        EmulatorResponses.send(
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

    // Longer than 50 characters, like real tokens.
    private static String randomSecret() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
