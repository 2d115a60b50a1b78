package ca.assistantgazelle.sync.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.emulators.gazelle.EmulatorBehaviour;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InterruptedIOException;
import java.lang.Thread.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the emulator's token endpoint and the real database. */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
class OAuthTokenExchangeTest {
    @Inject
    GazelleTokenStore store;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();
    private String authorised;

    @BeforeEach
    void authorise() {
        database.update("truncate automation.gazelle_token");
        authorised = gazelle.oauth().issueRefreshToken();
    }

    @AfterEach
    void resetEmulator() {
        gazelle.behaviour().reset();
    }

    @Test
    void onePairServesAllThreadsOfAllProcesses() throws Exception {
        int before = gazelle.oauth().exchanges();
        var tokens = ConcurrentHashMap.<String>newKeySet();
        var processes =
                IntStream.range(0, 3).mapToObj(i -> exchange(authorised)).toList();
        var threads = IntStream.range(0, 12)
                .mapToObj(i -> Thread.ofVirtual().start(() -> tokens.add(current(processes.get(i % processes.size())))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(tokens).hasSize(1);
        assertThat(gazelle.oauth().exchanges() - before).isEqualTo(1);
    }

    /** The endpoint responds only once every thread waits, so that the result does not depend on their scheduling. */
    @Test
    void allWaitingThreadsShareOneFailure() throws Exception {
        var answer = new CountDownLatch(1);
        var requests = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            requests.incrementAndGet();
            try (call) {
                answer.await();
                var body = "{\"error\":\"invalid_grant\"}".getBytes(StandardCharsets.UTF_8);
                call.getResponseHeaders().add("Content-Type", "application/json");
                call.sendResponseHeaders(400, body.length);
                call.getResponseBody().write(body);
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/oauth/token";
            var config = config(url, authorised, "secret", Duration.ofSeconds(20));
            var exchange = new OAuthTokenExchange(config, store, endpoint(config), clock);
            var failures = new ConcurrentLinkedQueue<String>();
            var threads = IntStream.range(0, 6)
                    .mapToObj(i -> Thread.ofVirtual()
                            .start(() -> failures.add(failure(exchange).error().errorClass())))
                    .toList();
            await().until(() -> requests.get() == 1
                    && threads.stream()
                            .map(Thread::getState)
                            .allMatch(EnumSet.of(State.WAITING, State.TIMED_WAITING)::contains));
            answer.countDown();
            for (var thread : threads) {
                thread.join();
            }
            assertThat(failures).hasSize(6).containsOnly("GAZELLE_REFRESH_REFUSED");
            assertThat(requests).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theNewPairIsStoredAndUsedByTheNextProcess() throws Exception {
        var first = current(exchange(authorised));
        // The configured refresh token is no longer valid; only the stored one is.
        gazelle.behaviour().tokenLifetime(Duration.ofHours(1));
        var next = exchange(authorised);
        assertThat(current(next)).isEqualTo(first);
        var renewed = next.replacementFor(first);
        assertThat(renewed).isNotEqualTo(first);
        assertThat(current(exchange(authorised))).isEqualTo(renewed);
        assertThat(stored()).doesNotContain(first).doesNotContain(renewed).doesNotContain(authorised);
    }

    @Test
    void aNonRotatingRefreshTokenIsReused() throws Exception {
        gazelle.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.STAYS);
        var exchange = exchange(authorised);
        var seen = new HashSet<String>();
        seen.add(current(exchange));
        for (int i = 0; i < 3; i++) {
            seen.add(exchange.replacementFor(current(exchange)));
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        gazelle.behaviour().tokenLifetime(Duration.ofSeconds(2));
        var exchange = exchange(authorised);
        var first = current(exchange);
        await().untilAsserted(() -> assertThat(current(exchange)).isNotEqualTo(first));
    }

    @Test
    void aRefusedTokenThatWasExchangedMeanwhileIsNotExchangedAgain() throws Exception {
        var exchange = exchange(authorised);
        var old = current(exchange);
        var fresh = exchange.replacementFor(old);
        int before = gazelle.oauth().exchanges();
        assertThat(exchange.replacementFor(old)).isEqualTo(fresh);
        assertThat(gazelle.oauth().exchanges()).isEqualTo(before);
    }

    @Test
    void anInvalidRefreshTokenRequiresANewAuthorisation() {
        gazelle.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.DEAD);
        var error = failure(exchange(authorised));
        assertThat(error.error().errorClass()).isEqualTo("GAZELLE_REFRESH_REFUSED");
        assertThat(error.error().retryable()).isFalse();
        assertThat(error.error().message()).contains("invalid_grant").doesNotContain(authorised);
        assertThat(error.error().suggestion()).contains("GAZELLE_OAUTH_REFRESH_TOKEN");
        gazelle.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.ROTATES);
        assertThat(current(exchange(gazelle.oauth().issueRefreshToken()))).isNotEmpty();
    }

    @Test
    void aPairThatCannotBeRenewedEarlyIsUsedUntilItExpires() {
        gazelle.behaviour().tokenLifetime(Duration.ofDays(30));
        var old = current(exchange(authorised));
        database.update("update automation.gazelle_token set expires_at = now() + interval '1 hour'");
        gazelle.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.DEAD);
        var exchange = exchange(authorised);
        assertThat(current(exchange)).isEqualTo(old);
        int before = gazelle.oauth().exchanges();
        assertThat(current(exchange)).isEqualTo(old);
        assertThat(gazelle.oauth().exchanges()).isEqualTo(before);
        database.update("update automation.gazelle_token set expires_at = now() - interval '1 second'");
        assertThat(failure(exchange(authorised)).error().errorClass()).isEqualTo("GAZELLE_REFRESH_REFUSED");
    }

    @Test
    void aWrongClientSecretIsReportedAsTheCause() {
        var error = failure(new OAuthTokenExchange(
                config(authorised, "wrong"), store, endpoint(config(authorised, "wrong")), clock));
        assertThat(error.error().message()).contains("invalid_client");
        assertThat(error.error().suggestion()).contains("GAZELLE_OAUTH_CLIENT_SECRET");
    }

    @Test
    void withoutARefreshTokenThereIsNothingToExchange() {
        assertThat(failure(exchange(null)).error().errorClass()).isEqualTo("GAZELLE_TOKEN_MISSING");
    }

    @Test
    void anUnreachableEndpointIsRetryable() {
        var config =
                config("http://127.0.0.1:1/token", authorised, gazelle.oauth().clientSecret());
        var error = failure(new OAuthTokenExchange(config, store, endpoint(config), clock));
        assertThat(error.error().errorClass()).isEqualTo("GAZELLE_OAUTH_UNREACHABLE");
        assertThat(error.error().retryable()).isTrue();
        // The claim was released, so the next exchange does not wait for its expiry.
        assertThat(current(exchange(authorised))).isNotEmpty();
    }

    @Test
    void theEndpointMayBeConfiguredByItsParentPath() {
        var folder = gazelle.tokenUrl().replaceAll("/token$", "/");
        var config = config(folder, authorised, gazelle.oauth().clientSecret());
        assertThat(current(new OAuthTokenExchange(config, store, endpoint(config), clock)))
                .isNotEmpty();
    }

    @Test
    void anUnreadableStoreIsNotMistakenForAMissingToken() {
        database.update("alter table automation.gazelle_token rename to gazelle_token_away");
        try {
            var error = failure(exchange(authorised));
            assertThat(error.error().errorClass()).isEqualTo("GAZELLE_TOKEN_STORE_UNREACHABLE");
            assertThat(error.error().retryable()).isTrue();
        } finally {
            database.update("alter table automation.gazelle_token_away rename to gazelle_token");
        }
    }

    @Test
    void aPairEncryptedUnderAnotherSecretIsReplacedByTheConfiguredToken() {
        current(exchange(authorised));
        database.update(
                "update automation.gazelle_token set access_token = '\\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'");
        var again = gazelle.oauth().issueRefreshToken();
        database.update(
                "update automation.gazelle_token set initial_refresh_token_hash = sha256(convert_to($1, 'UTF8'))",
                again);
        assertThat(current(exchange(again))).isNotEmpty();
    }

    @Test
    void anEndlessResponseTimesOut() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            call.sendResponseHeaders(200, 0);
            try (var body = call.getResponseBody()) {
                while (true) {
                    body.write(' ');
                    body.flush();
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/oauth/token";
            var config = config(url, authorised, "secret");
            var failure = failure(new OAuthTokenExchange(config, store, endpoint(config), clock));
            assertThat(failure.error().errorClass()).isEqualTo("GAZELLE_OAUTH_UNREACHABLE");
            assertThat(failure.error().retryable()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    private OAuthTokenExchange exchange(String refreshToken) {
        var config = config(refreshToken, gazelle.oauth().clientSecret());
        return new OAuthTokenExchange(config, store, endpoint(config), clock);
    }

    private TokenEndpointClient endpoint(GazelleOAuthConfig config) {
        var api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(gazelle.tokenUrl()))
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(OAuthTokenApi.class);
        return new TokenEndpointClient(api, config, EventJson.mapper(), clock);
    }

    private GazelleOAuthConfig config(String refreshToken, String secret) {
        return config(gazelle.tokenUrl(), refreshToken, secret);
    }

    private GazelleOAuthConfig config(String url, String refreshToken, String secret) {
        return config(url, refreshToken, secret, Duration.ofSeconds(2));
    }

    private GazelleOAuthConfig config(String url, String refreshToken, String secret, Duration longestAnswer) {
        return new GazelleOAuthConfig() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public Optional<String> clientId() {
                return Optional.of(gazelle.oauth().clientId());
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.of(secret);
            }

            @Override
            public Optional<String> refreshToken() {
                return Optional.ofNullable(refreshToken);
            }

            @Override
            public Duration responseTimeout() {
                return longestAnswer;
            }
        };
    }

    private static String current(OAuthTokenExchange exchange) {
        try {
            return exchange.current();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GazelleException failure(OAuthTokenExchange exchange) {
        var failure = new GazelleException[1];
        assertThatThrownBy(exchange::current).isInstanceOfSatisfying(GazelleException.class, e -> failure[0] = e);
        return failure[0];
    }

    private String stored() {
        return database.first("select row_to_json(t)::text from automation.gazelle_token t", row -> row.getString(0))
                .orElseThrow();
    }
}
