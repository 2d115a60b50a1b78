package ca.assistantgazelle.runtime.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs SQL with bound parameters and waits for the result, so use it on virtual threads. A statement that is not
 * answered within a minute fails. Parameters of type {@link Instant} are bound as timestamptz.
 */
public class SqlQueries {
    static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

    private final SqlClient client;
    private final StatementScope scope;

    /** The transaction that the statements belong to, or auto-commit mode. */
    interface StatementScope {
        /** A statement was sent and its result is not awaited yet. */
        void statementSent(Uni<?> statement);

        /** A statement completed, and so did every statement sent before it. */
        void statementCompleted();

        void afterCommit(Runnable action);
    }

    SqlQueries(SqlClient client, StatementScope scope) {
        this.client = client;
        this.scope = scope;
    }

    /**
     * Runs the action on the same thread after the commit, not at all after a rollback, and at once in auto-commit
     * mode.
     */
    public void afterCommit(Runnable action) {
        scope.afterCommit(action);
    }

    /** All rows, mapped. */
    public <T> List<T> list(String sql, Function<Row, T> mapping, Object... parameters) {
        var mapped = new ArrayList<T>();
        for (var row : execute(sql, parameters)) {
            mapped.add(mapping.apply(row));
        }
        return mapped;
    }

    /** The first row, mapped; empty when there is none or it is mapped to null. */
    public <T> Optional<T> first(String sql, Function<Row, T> mapping, Object... parameters) {
        var rows = execute(sql, parameters).iterator();
        return rows.hasNext() ? Optional.ofNullable(mapping.apply(rows.next())) : Optional.empty();
    }

    /** Returns the number of rows written. */
    public int update(String sql, Object... parameters) {
        return execute(sql, parameters).rowCount();
    }

    /**
     * Like {@link #update}, but does not wait for the result: the statement is pipelined. A failure is thrown by a
     * later statement or by the commit, which then fails. Not for statements that a savepoint may roll back.
     */
    public void executeLater(String sql, Object... parameters) {
        scope.statementSent(send(sql, parameters));
    }

    /** The instant in a column of type timestamptz; null when the column is null. */
    public static Instant instant(Row row, String column) {
        var value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    // The client binds timestamptz from OffsetDateTime only.
    private static Object bindable(Object parameter) {
        return switch (parameter) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Instant[] instants ->
                Stream.of(instants)
                        .map(instant -> instant == null ? null : instant.atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new);
            case null, default -> parameter;
        };
    }

    private RowSet<Row> execute(String sql, Object... parameters) {
        var answer = send(sql, parameters).await().atMost(STATEMENT_TIMEOUT);
        scope.statementCompleted();
        return answer;
    }

    private Uni<RowSet<Row>> send(String sql, Object... parameters) {
        var bound = Stream.of(parameters).map(SqlQueries::bindable).toArray();
        return client.preparedQuery(sql).execute(Tuple.from(bound));
    }
}
