package ca.assistantgazelle.sql;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** The service's connections. Each call of {@link Queries} on it commits on its own. */
@Singleton
public class Database extends Queries {
  private static final Duration PING_LIMIT = Duration.ofSeconds(5);

  private final Pool pool;

  Database(Pool pool) {
    super(pool);
    this.pool = pool;
  }

  /** All of the work or nothing of it. */
  public <T> T inTransaction(Function<Queries, T> work) {
    SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
    try {
      // Plain statements: the client's own transaction object gives up at the first error, and
      // savepoints live from errors.
      say(connection, "begin");
      T result;
      try {
        result = work.apply(new Queries(connection));
      } catch (RuntimeException | Error e) {
        rollback(connection, e);
        throw e;
      }
      say(connection, "commit");
      return result;
    } finally {
      connection.close().await().atMost(LIMIT);
    }
  }

  /** Fails when the database does not answer within five seconds. */
  public void ping() {
    pool.query("select 1").execute().await().atMost(PING_LIMIT);
  }

  /** Like {@link #inTransaction} for work without a result. */
  public void transact(Consumer<Queries> work) {
    inTransaction(
        queries -> {
          work.accept(queries);
          return null;
        });
  }

  // The first failure is the one to tell; that the connection died with it is its consequence.
  private static void rollback(SqlConnection connection, Throwable first) {
    try {
      say(connection, "rollback");
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  private static void say(SqlConnection connection, String statement) {
    connection.query(statement).execute().await().atMost(LIMIT);
  }
}
