package ca.assistantgazelle.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Client of the scheduler's HTTP API. Uses HttpURLConnection, which starts in a fraction of the time of the JDK's
 * HttpClient.
 */
public final class SchedulerClient {
    static {
        // By default the JDK repeats a POST whose connection broke, which could run a job twice.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final URI baseUrl;
    private final String token;

    /**
     * @param url of the gateway or of scheduler-service
     * @param token null: none is sent, and the local gateway adds the local operator's token
     * @throws SchedulerApiException if the URL is not an HTTP URL
     */
    public SchedulerClient(String url, String token) {
        if (!url.matches("https?://.+")) {
            throw new SchedulerApiException(
                    CliExitCode.USAGE, "'" + url + "' is not a valid URL; it must start with http:// or https://");
        }
        this.baseUrl = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        this.token = token;
    }

    /** @throws SchedulerApiException if the scheduler is unreachable or refuses the request */
    public JsonNode get(String path) {
        return send("GET", path, null);
    }

    /**
     * @param body JSON; null = none
     * @throws SchedulerApiException if the scheduler is unreachable or refuses the request
     */
    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, body == null ? null : body.toString());
    }

    private JsonNode send(String method, String path, String body) {
        try {
            var connection =
                    (HttpURLConnection) URI.create(baseUrl + path).toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
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
            return readResponse(connection);
        } catch (IOException e) {
            throw new SchedulerApiException(
                    CliExitCode.UNREACHABLE,
                    "Cannot reach the scheduler at "
                            + baseUrl
                            + " ("
                            + e.getMessage()
                            + "). Start the local system with ./gazelle up, or specify another one with --url or GAZELLE_URL.");
        }
    }

    private static JsonNode readResponse(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status >= 400) {
                throw toException(status, text);
            }
            return parseJson(text);
        }
    }

    // Reads a problem document (RFC 9457); for any other body, the message is derived from the
    // status.
    private static SchedulerApiException toException(int status, String text) {
        JsonNode problem;
        try {
            problem = parseJson(text);
        } catch (JsonProcessingException notOurs) {
            problem = JSON.missingNode();
        }
        var detail = problem.path("detail").asText("");
        var known = status == 401
                ? "The token is missing or unknown. Pass a valid one with --token-file or GAZELLE_TOKEN."
                : status == 403
                        ? "The role of this token does not allow this operation."
                        : CliExitCode.forHttpStatus(status) == CliExitCode.UNREACHABLE
                                ? "The scheduler is unavailable (HTTP "
                                        + status
                                        + " from the proxy in front of it). It may be restarting: try again, or see ./gazelle status and ./gazelle logs scheduler-service."
                                : "The scheduler responded with HTTP " + status + ".";
        var running = problem.path("running_run_id").asText("");
        return new SchedulerApiException(
                CliExitCode.forHttpStatus(status),
                (detail.isEmpty() ? known : detail)
                        + (running.isEmpty() ? "" : " Follow it with: ./gazelle show " + running),
                running.isEmpty() ? null : running);
    }

    private static JsonNode parseJson(String text) throws JsonProcessingException {
        return text.isBlank() ? JSON.missingNode() : TerminalText.neutralised(JSON.readTree(text));
    }
}
