package ca.assistantgazelle.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.core.json.DecodeException;
import io.vertx.pgclient.PgException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseRetryTest {
    private final DatabaseRetry retry = new DatabaseRetry();

    @ParameterizedTest
    @CsvSource({
        "08006,true",
        "57P01,true",
        "53300,true",
        "40P01,true",
        "57014,true",
        "25P03,true",
        "55P03,true",
        "23505,false",
        "42P01,false",
        "22021,false"
    })
    void sqlStatesAreClassified(String state, boolean away) {
        assertThat(DatabaseRetry.isUnavailable(new PgException("x", "ERROR", state, "DETAIL")))
                .isEqualTo(away);
    }

    @Test
    void everyMissingAnswerOfTheClientIsAnOutage() {
        assertThat(List.of(
                        new CompletionException(new NoStackTraceThrowable("Timeout")),
                        new io.smallrye.mutiny.TimeoutException(),
                        new CompletionException(new java.util.concurrent.TimeoutException()),
                        new IllegalStateException(new VertxException("Pool closed")),
                        new CompletionException(new ConnectException("refused"))))
                .allMatch(DatabaseRetry::isUnavailable);
        assertThat(List.of(
                        new IllegalArgumentException("a value"),
                        new UncheckedIOException(new JsonParseException(null, "broken")),
                        new DecodeException("not JSON")))
                .noneMatch(DatabaseRetry::isUnavailable);
    }

    @Test
    void aJsonErrorIsNotAnOutage() {
        var broken = new UncheckedIOException(new JsonParseException(null, "connection"));
        assertThat(DatabaseRetry.isUnavailable(broken)).isFalse();
    }

    @Test
    void callsAreRetriedWhileTheDatabaseIsUnavailable() {
        var tries = new AtomicInteger();
        var result = retry.untilAvailable("a test", () -> {
            if (tries.incrementAndGet() < 3) {
                throw new CompletionException(new ConnectException("refused"));
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(tries).hasValue(3);
    }

    @Test
    void rejectedStatementsAreNotRetried() {
        var tries = new AtomicInteger();
        assertThatThrownBy(() -> retry.untilAvailable("a test", () -> {
                    tries.incrementAndGet();
                    throw new PgException("no", "ERROR", "23505", "secret detail");
                }))
                .isInstanceOf(PgException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aStatementThatAlwaysRunsIntoItsTimeLimitIsGivenUp() {
        var tries = new AtomicInteger();
        assertThatThrownBy(() -> retry.untilAvailable("a test", () -> {
                    tries.incrementAndGet();
                    throw new CompletionException(new PgException("too long", "ERROR", "57014", null));
                }))
                .hasMessageContaining("too long");
        assertThat(tries).hasValue(5);
    }

    @Test
    void timeLimitsBetweenOtherFailuresAreNotCounted() {
        var tries = new AtomicInteger();
        var result = retry.untilAvailable("a test", () -> {
            int attempt = tries.incrementAndGet();
            if (attempt <= 6) {
                throw new PgException("x", "ERROR", attempt % 3 == 0 ? "55P03" : "57014", null);
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
    }

    @Test
    void retriesEndWhenTheProcessStops() {
        retry.stop();
        assertThatThrownBy(() -> retry.untilAvailable("a test", () -> {
                    throw new CompletionException(new ConnectException("refused"));
                }))
                .isInstanceOf(CompletionException.class);
    }
}
