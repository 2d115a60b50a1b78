package ca.assistantgazelle.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the client against a stub HTTP server. */
class SchedulerClientTest {
    private record StubbedResponse(int status, String body) {}

    private final List<StubbedResponse> responses = new ArrayList<>();
    private HttpServer server;
    private SchedulerClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            var answer = responses.size() > 1 ? responses.removeFirst() : responses.getFirst();
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
        client = new SchedulerClient("http://127.0.0.1:" + server.getAddress().getPort(), null);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "400,USAGE",
        "401,FORBIDDEN",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "409,CONFLICT",
        "500,FAILED",
        "502,UNREACHABLE",
        "503,UNREACHABLE",
        "504,UNREACHABLE"
    })
    void theHttpStatusDeterminesTheExitCode(int status, CliExitCode expected) {
        responses.add(new StubbedResponse(status, ""));
        assertThatThrownBy(() -> client.get("/api/scheduler/status"))
                .isInstanceOfSatisfying(
                        SchedulerApiException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(expected));
    }

    @Test
    void anUnavailableSchedulerBehindTheGatewayIsReported() {
        responses.add(new StubbedResponse(502, ""));
        assertThatThrownBy(() -> client.get("/api/scheduler/status"))
                .hasMessageContaining("The scheduler is unavailable")
                .hasMessageContaining("./gazelle status");
    }

    @ParameterizedTest
    @CsvSource({"ftp://x", "localhost:8000", "''", "file:///etc/passwd"})
    void anInvalidUrlIsRefused(String url) {
        assertThatThrownBy(() -> new SchedulerClient(url, null))
                .isInstanceOfSatisfying(
                        SchedulerApiException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(CliExitCode.USAGE));
    }

    @Test
    void followingShowsWhyARunWaitsAndUntilWhen() throws Exception {
        responses.add(new StubbedResponse(200, """
                {"run_id": "r1", "status": "waiting_retry", "attempt": 1, "next_attempt_at": "2026-07-01T16:05:00Z",
                 "error": {"class": "GAZELLE_HTTP_500", "message": "Gazelle answered HTTP 500."}}
                """));
        responses.add(new StubbedResponse(200, "{\"run_id\": \"r1\", \"status\": \"success\", \"attempt\": 2}"));
        var lines = new ArrayList<String>();
        var run = new RunFollower(client, lines::add).follow("r1", Duration.ofMinutes(1));
        assertThat(run.orElseThrow().path("status").asText()).isEqualTo("success");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .contains("GAZELLE_HTTP_500: Gazelle answered HTTP 500.")
                .contains("2026-07-01 12:05:00")
                .contains("./gazelle cancel r1");
    }
}
