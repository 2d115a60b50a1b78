package ca.assistantgazelle.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The service's connections. Each call of {@link Queries} on it commits on its own. */
@Singleton
public class Database extends Queries {
  private static final Duration PING_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final String BEGIN = "begin";
  private static final String BEGIN_FORGETTABLE = "begin; set local synchronous_commit to off";

  private static final Scope EACH_ON_ITS_OWN =
      new Scope() {
        @Override
        public void said(Uni<?> statement) {
          statement.await().atMost(LIMIT);
        }

        @Override
        public void answered() {
          // Nothing was said before.
        }

        @Override
        public void afterCommit(Runnable action) {
          action.run();
        }
      };

  private final Pool pool;

  public Database(Pool pool) {
    super(pool, EACH_ON_ITS_OWN);
    this.pool = pool;
  }

  /**
   * All of the work or nothing of it. An interrupt of the calling thread takes effect after it: in
   * the middle it would leave a connection behind.
   */
  public <T> T inTransaction(Function<Queries, T> work) {
    return Uninterrupted.call("transaction", () -> transaction(BEGIN, work));
  }

  /**
   * Like {@link #inTransaction}, but a server that fails may forget the last moments of it: for
   * what is only repeated then. Does not wait for the disk.
   */
  public <T> T inForgettableTransaction(Function<Queries, T> work) {
    return Uninterrupted.call("transaction", () -> transaction(BEGIN_FORGETTABLE, work));
  }

  /** Like {@link #inTransaction} for work without a result. */
  public void transact(Consumer<Queries> work) {
    inTransaction(
        queries -> {
          work.accept(queries);
          return null;
        });
  }

  /** Fails when the database does not answer within five seconds. */
  public void ping() {
    pool.query("select 1").execute().await().atMost(PING_LIMIT);
  }

  private <T> T transaction(String begin, Function<Queries, T> work) {
    var connection = connection();
    try {
      return new Transaction(connection).run(begin, work);
    } finally {
      giveBack(connection);
    }
  }

  // What was committed stays so: whoever hears of a failure would do it again.
  private static void giveBack(SqlConnection connection) {
    try {
      connection.close().await().atMost(LIMIT);
    } catch (RuntimeException e) {
      LOG.warnf("A connection could not be given back: %s", Patience.reason(e));
    }
  }

  // A connection that comes after we stopped waiting goes straight back.
  private SqlConnection connection() {
    var arrival = new CompletableFuture<SqlConnection>();
    pool.getConnection()
        .subscribe()
        .with(
            connection -> {
              if (!arrival.complete(connection)) {
                connection.closeAndForget();
              }
            },
            arrival::completeExceptionally);
    try {
      return arrival.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (arrival.isDone() || !arrival.cancel(false)) {
        return arrival.join();
      }
      throw new io.smallrye.mutiny.TimeoutException();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
