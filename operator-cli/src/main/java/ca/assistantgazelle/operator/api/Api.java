package ca.assistantgazelle.operator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The scheduler's HTTP API, the same that the dashboard uses. The JDK's plain connection: it starts
 * in a fraction of the time of its HTTP client.
 */
public final class Api {
  static {
    // Else the JDK sends a POST again by itself when its connection breaks, and a job runs twice.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final URI base;
  private final String token;

  /**
   * @param url of the gateway or of scheduler-service
   * @param token may be null: the local gateway adds the local operator's
   * @throws ApiException when the address is none of HTTP
   */
  public Api(String url, String token) {
    if (!url.matches("https?://.+")) {
      throw new ApiException(
          ExitCode.USAGE, "'" + url + "' is no address: write http://… or https://…");
    }
    this.base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    this.token = token;
  }

  /**
   * @throws ApiException when there is no good answer
   */
  public JsonNode get(String path) {
    return send("GET", path, null);
  }

  /**
   * @param body JSON; null = none
   * @throws ApiException when there is no good answer
   */
  public JsonNode post(String path, JsonNode body) {
    return send("POST", path, body == null ? null : body.toString());
  }

  private JsonNode send(String method, String path, String body) {
    try {
      var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) ANSWER.toMillis());
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod(method);
      if (token != null) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      return answer(connection);
    } catch (IOException e) {
      throw new ApiException(
          ExitCode.UNREACHABLE,
          "Nobody answers at "
              + base
              + " ("
              + e.getMessage()
              + "). Start the local system with ./gazelle up, or name another one with --url or GAZELLE_URL.");
    }
  }

  private static JsonNode answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (status >= 400) {
        throw problem(status, text);
      }
      return read(text);
    }
  }

  // A problem document (RFC 9457); anything else is only named by its status.
  private static ApiException problem(int status, String text) {
    JsonNode problem;
    try {
      problem = read(text);
    } catch (JsonProcessingException notOurs) {
      problem = JSON.missingNode();
    }
    var detail = problem.path("detail").asText("");
    var known =
        status == 401
            ? "A token is needed, or this one is not known: see --token-file."
            : status == 403
                ? "This token may not do that."
                : ExitCode.of(status) == ExitCode.UNREACHABLE
                    ? "The scheduler does not answer (HTTP "
                        + status
                        + " of what stands before it). It may be starting anew: try again, or see ./gazelle status and ./gazelle logs scheduler-service."
                    : "The answer is HTTP " + status + ".";
    var running = problem.path("running_run_id").asText("");
    return new ApiException(
        ExitCode.of(status),
        (detail.isEmpty() ? known : detail)
            + (running.isEmpty() ? "" : " Follow it with: ./gazelle show " + running),
        running.isEmpty() ? null : running);
  }

  private static JsonNode read(String text) throws JsonProcessingException {
    return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
  }
}
