package ca.assistantgazelle.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.pgclient.PgException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  private final Patience patience = new Patience();

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
  void theDatabaseIsAwayOrItSaidNo(String state, boolean away) {
    assertThat(Patience.isAway(new PgException("x", "ERROR", state, "DETAIL"))).isEqualTo(away);
  }

  @Test
  void aJsonErrorIsNotTheDatabasesAbsence() {
    var broken = new UncheckedIOException(new JsonParseException(null, "connection"));
    assertThat(Patience.isAway(broken)).isFalse();
  }

  @Test
  void absenceIsWaitedFor() {
    var tries = new AtomicInteger();
    var result =
        patience.until(
            "a test",
            () -> {
              if (tries.incrementAndGet() < 3) {
                throw new CompletionException(new ConnectException("refused"));
              }
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(tries).hasValue(3);
  }

  @Test
  void aRefusalIsNot() {
    var tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                patience.until(
                    "a test",
                    () -> {
                      tries.incrementAndGet();
                      throw new PgException("no", "ERROR", "23505", "secret detail");
                    }))
        .isInstanceOf(PgException.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void aStoppingProcessWaitsNoLonger() {
    patience.stop();
    assertThatThrownBy(
            () ->
                patience.until(
                    "a test",
                    () -> {
                      throw new CompletionException(new ConnectException("refused"));
                    }))
        .isInstanceOf(CompletionException.class);
  }
}
