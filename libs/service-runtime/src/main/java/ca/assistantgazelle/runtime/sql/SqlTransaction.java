package ca.assistantgazelle.runtime.sql;

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
 * One transaction on one connection. Statements whose result is not needed are pipelined: the server answers in order,
 * so the result of the commit arrives after all others.
 */
final class SqlTransaction implements SqlQueries.StatementScope {
    private final SqlConnection connection;
    private final List<CompletableFuture<?>> pendingStatements = new ArrayList<>();
    private final List<Runnable> afterCommitActions = new ArrayList<>();
    private boolean begun;

    SqlTransaction(SqlConnection connection) {
        this.connection = connection;
    }

    /** @param begin the statement that begins the transaction */
    <T> T run(String begin, Function<SqlQueries, T> work) {
        var result = runAndCommit(begin, work);
        afterCommitActions.forEach(Runnable::run);
        return result;
    }

    @Override
    public void statementSent(Uni<?> statement) {
        pendingStatements.add(statement.subscribeAsCompletionStage());
    }

    // Fails at once if BEGIN failed: otherwise each statement would be committed on its own.
    @Override
    public void statementCompleted() {
        if (!begun) {
            awaitStatement(pendingStatements.getFirst());
            begun = true;
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommitActions.add(action);
    }

    private <T> T runAndCommit(String begin, Function<SqlQueries, T> work) {
        try {
            // Plain statements: the client's transaction object aborts at the first error, which rules
            // out
            // savepoints.
            statementSent(connection.query(begin).execute());
            var result = work.apply(new SqlQueries(connection, this));
            // After a failed statement, the server silently turns the commit into a rollback.
            executeNow("commit");
            pendingStatements.forEach(SqlTransaction::awaitStatement);
            return result;
        } catch (PgException e) {
            var first = firstFailure().orElse(e);
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

    /** The first failure, because of which the server rejected all later statements. */
    private Optional<RuntimeException> firstFailure() {
        return pendingStatements.stream()
                .filter(answer -> answer.state() == Future.State.FAILED)
                .map(answer -> unwrapped(answer.exceptionNow()))
                .findFirst();
    }

    private static void awaitStatement(CompletableFuture<?> answer) {
        try {
            Uni.createFrom().completionStage(answer).await().atMost(SqlQueries.STATEMENT_TIMEOUT);
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    // The first failure is the one to report; a failing rollback is only its consequence.
    private void rollback(Throwable first) {
        try {
            executeNow("rollback");
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    private void executeNow(String statement) {
        connection.query(statement).execute().await().atMost(SqlQueries.STATEMENT_TIMEOUT);
    }
}
