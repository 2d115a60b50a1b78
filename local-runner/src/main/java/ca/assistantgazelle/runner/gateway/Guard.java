package ca.assistantgazelle.runner.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway lends its callers the operator's token, so it must be sure that they sit at this
 * machine: pages of other sites, and names that only pretend to be this machine, are refused.
 */
final class Guard {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final long LARGEST_BODY = 1_000_000;

  /** Why a request is refused. */
  record Refusal(int status, String detail) {}

  private final int port;

  Guard(int port) {
    this.port = port;
  }

  Optional<Refusal> check(HttpServerRequest request) {
    if (!isOurs(request.getHeader("Host"))) {
      return refuse(403, "This gateway answers to localhost only.");
    }
    var origin = request.getHeader("Origin");
    if (origin != null && !isOurOrigin(origin)) {
      return refuse(403, "Pages of other origins may not call this gateway.");
    }
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return refuse(403, "Pages of other sites may not call this gateway.");
    }
    if (!isRouted(request.path())) {
      return refuse(
          404,
          "This gateway serves /api/ and /alertes-rv/; probes and metrics are on the services' own ports.");
    }
    if (isTooLarge(request.getHeader("Content-Length"))) {
      return refuse(413, "A body may have at most one megabyte.");
    }
    if (hasBody(request) && !isJson(request.getHeader("Content-Type"))) {
      return refuse(415, "Send a JSON body with the header 'Content-Type: application/json'.");
    }
    return Optional.empty();
  }

  // Paths that a server further on could read in another way than we do are not passed on.
  private static boolean isRouted(String path) {
    boolean plain =
        !path.contains("%") && !path.contains("//") && !path.contains("/.") && !path.contains("\\");
    return plain && (path.startsWith("/api/") || path.startsWith("/alertes-rv/"));
  }

  private boolean isOurs(String host) {
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    var name = hasPort ? host.substring(0, colon) : host;
    return NAMES.contains(name)
        && (!hasPort || host.substring(colon + 1).equals(Integer.toString(port)));
  }

  private boolean isOurOrigin(String origin) {
    try {
      var uri = URI.create(origin);
      return "http".equals(uri.getScheme())
          && uri.getAuthority() != null
          && isOurs(uri.getAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }

  private static boolean isTooLarge(String length) {
    return length != null
        && (length.length() > 9
            || !length.matches("\\d+")
            || Long.parseLong(length) > LARGEST_BODY);
  }

  private static boolean hasBody(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    boolean announced = length != null && !length.equals("0");
    return !request.method().equals(HttpMethod.GET)
        && (announced || request.getHeader("Transfer-Encoding") != null);
  }

  private static boolean isJson(String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
  }

  private static Optional<Refusal> refuse(int status, String detail) {
    return Optional.of(new Refusal(status, detail));
  }
}
