package ca.assistantgazelle.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * One transaction on one connection. The server answers in order, so what nobody reads is said
 * without waiting: the answer to the commit comes after all others.
 */
final class Transaction implements Queries.Scope {
  private final SqlConnection connection;
  private final List<CompletableFuture<?>> unheard = new ArrayList<>();
  private final List<Runnable> consequences = new ArrayList<>();
  private boolean begun;

  Transaction(SqlConnection connection) {
    this.connection = connection;
  }

  /**
   * @param begin the statement
   */
  <T> T run(String begin, Function<Queries, T> work) {
    var result = committed(begin, work);
    consequences.forEach(Runnable::run);
    return result;
  }

  @Override
  public void said(Uni<?> statement) {
    unheard.add(statement.subscribeAsCompletionStage());
  }

  // At once when the transaction was not begun: statement by statement would be stored.
  @Override
  public void answered() {
    if (!begun) {
      heard(unheard.getFirst());
      begun = true;
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    consequences.add(action);
  }

  private <T> T committed(String begin, Function<Queries, T> work) {
    try {
      // Plain statements: the client's own transaction object gives up at the first error, and
      // savepoints live from errors.
      said(connection.query(begin).execute());
      var result = work.apply(new Queries(connection, this));
      // Of a transaction with a failed statement, the server makes a rollback without a word.
      say("commit");
      unheard.forEach(Transaction::heard);
      return result;
    } catch (PgException e) {
      var first = failed().orElse(e);
      if (!first.equals(e)) {
        first.addSuppressed(e);
      }
      rollback(first);
      throw first;
    } catch (RuntimeException | Error e) {
      rollback(e);
      throw e;
    }
  }

  /** What made the server refuse everything that came after it. */
  private Optional<RuntimeException> failed() {
    return unheard.stream()
        .filter(answer -> answer.state() == Future.State.FAILED)
        .map(answer -> unwrapped(answer.exceptionNow()))
        .findFirst();
  }

  private static void heard(CompletableFuture<?> answer) {
    try {
      Uni.createFrom().completionStage(answer).await().atMost(Queries.LIMIT);
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }

  // The first failure is the one to tell; that the connection died with it is its consequence.
  private void rollback(Throwable first) {
    try {
      say("rollback");
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  private void say(String statement) {
    connection.query(statement).execute().await().atMost(Queries.LIMIT);
  }
}
