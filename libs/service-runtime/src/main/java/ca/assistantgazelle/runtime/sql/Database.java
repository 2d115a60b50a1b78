package ca.assistantgazelle.runtime.sql;

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

/** The service's connection pool. Calls of {@link SqlQueries} on it are auto-committed. */
@Singleton
public class Database extends SqlQueries {
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final String BEGIN = "begin";
    private static final String BEGIN_ASYNC_COMMIT = "begin; set local synchronous_commit to off";

    private static final StatementScope AUTO_COMMIT = new StatementScope() {
        @Override
        public void statementSent(Uni<?> statement) {
            statement.await().atMost(STATEMENT_TIMEOUT);
        }

        @Override
        public void statementCompleted() {
            // No statements are pending.
        }

        @Override
        public void afterCommit(Runnable action) {
            action.run();
        }
    };

    private final Pool pool;

    public Database(Pool pool) {
        super(pool, AUTO_COMMIT);
        this.pool = pool;
    }

    /**
     * Runs the work in a transaction. An interrupt of the calling thread takes effect afterwards: during the
     * transaction it would leak a connection.
     */
    public <T> T inTransaction(Function<SqlQueries, T> work) {
        return UninterruptibleCall.execute("transaction", () -> runOnConnection(BEGIN, work));
    }

    /**
     * Like {@link #inTransaction}, but with asynchronous commit: does not wait for the disk, and a crash of the server
     * may lose the transaction. For work that is then simply repeated.
     */
    public <T> T inAsyncCommitTransaction(Function<SqlQueries, T> work) {
        return UninterruptibleCall.execute("transaction", () -> runOnConnection(BEGIN_ASYNC_COMMIT, work));
    }

    /** Like {@link #inTransaction} for work without a result. */
    public void runInTransaction(Consumer<SqlQueries> work) {
        inTransaction(queries -> {
            work.accept(queries);
            return null;
        });
    }

    /** Fails when the database does not answer within five seconds. */
    public void ping() {
        pool.query("select 1").execute().await().atMost(PING_TIMEOUT);
    }

    private <T> T runOnConnection(String begin, Function<SqlQueries, T> work) {
        var connection = acquireConnection();
        try {
            return new SqlTransaction(connection).run(begin, work);
        } finally {
            release(connection);
        }
    }

    // The transaction is committed: on a failure here the caller would repeat it.
    private static void release(SqlConnection connection) {
        try {
            connection.close().await().atMost(STATEMENT_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("Failed to return a connection to the pool: %s", DatabaseRetry.describe(e));
        }
    }

    // A connection that arrives after the timeout is returned at once.
    private SqlConnection acquireConnection() {
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
            return arrival.get(STATEMENT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (arrival.isDone() || !arrival.cancel(false)) {
                return arrival.join();
            }
            throw new io.smallrye.mutiny.TimeoutException();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("unexpected interrupt", e);
        }
    }
}
