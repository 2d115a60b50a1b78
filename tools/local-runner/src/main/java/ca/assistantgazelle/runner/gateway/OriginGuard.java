package ca.assistantgazelle.runner.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Accepts only requests made from this machine, because the gateway adds the operator's token to them: pages of other
 * sites and foreign host names (DNS rebinding) are refused.
 */
final class OriginGuard {
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final long MAX_BODY_BYTES = 1_000_000;

    /** Why a request is refused. */
    record GatewayRefusal(int status, String detail) {}

    private final int port;

    OriginGuard(int port) {
        this.port = port;
    }

    Optional<GatewayRefusal> check(HttpServerRequest request) {
        if (!isGatewayAuthority(request.getHeader("Host"))) {
            return refuse(403, "The gateway accepts requests to localhost only.");
        }
        var origin = request.getHeader("Origin");
        if (origin != null && !isGatewayOrigin(origin)) {
            return refuse(403, "Requests from pages of other origins are not allowed.");
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return refuse(403, "Requests from pages of other sites are not allowed.");
        }
        if (!isRouted(request.path())) {
            return refuse(
                    404,
                    "The gateway serves /api/ and /alertes-rv/ only; health checks and metrics are on the ports of the services.");
        }
        if (isTooLarge(request.getHeader("Content-Length"))) {
            return refuse(413, "The request body must not exceed one megabyte.");
        }
        if (hasBody(request) && !isJson(request.getHeader("Content-Type"))) {
            return refuse(415, "Send a JSON body with the header 'Content-Type: application/json'.");
        }
        return Optional.empty();
    }

    // Rejects paths that a server behind the gateway might interpret differently.
    private static boolean isRouted(String path) {
        boolean plain = !path.contains("%") && !path.contains("//") && !path.contains("/.") && !path.contains("\\");
        return plain && (path.startsWith("/api/") || path.startsWith("/alertes-rv/"));
    }

    private boolean isGatewayAuthority(String host) {
        if (host == null) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        var name = hasPort ? host.substring(0, colon) : host;
        return LOCAL_HOSTS.contains(name)
                && (!hasPort || host.substring(colon + 1).equals(Integer.toString(port)));
    }

    private boolean isGatewayOrigin(String origin) {
        try {
            var uri = URI.create(origin);
            return "http".equals(uri.getScheme())
                    && uri.getAuthority() != null
                    && isGatewayAuthority(uri.getAuthority());
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private static boolean isTooLarge(String length) {
        return length != null
                && (length.length() > 9 || !length.matches("\\d+") || Long.parseLong(length) > MAX_BODY_BYTES);
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        boolean announced = length != null && !length.equals("0");
        return !request.method().equals(HttpMethod.GET)
                && (announced || request.getHeader("Transfer-Encoding") != null);
    }

    private static boolean isJson(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
    }

    private static Optional<GatewayRefusal> refuse(int status, String detail) {
        return Optional.of(new GatewayRefusal(status, detail));
    }
}
