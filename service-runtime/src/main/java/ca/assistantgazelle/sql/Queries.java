package ca.assistantgazelle.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * SQL with bound parameters, awaited: for virtual threads. A statement that is not answered within
 * a minute fails, so that nobody waits for ever.
 */
public class Queries {
  static final Duration LIMIT = Duration.ofMinutes(1);

  private final SqlClient client;
  private final Scope scope;

  /** What the statements are part of. */
  interface Scope {
    /** A statement whose answer nobody waits for yet. */
    void said(Uni<?> statement);

    /** A statement was answered, and so was everything before it. */
    void answered();

    void afterCommit(Runnable action);
  }

  Queries(SqlClient client, Scope scope) {
    this.client = client;
    this.scope = scope;
  }

  /**
   * Does this on the same thread once the transaction is committed, and never when it is not; at
   * once where each statement commits on its own.
   */
  public void afterCommit(Runnable action) {
    scope.afterCommit(action);
  }

  /** The rows, each mapped. */
  public <T> List<T> list(String sql, Function<Row, T> mapping, Object... parameters) {
    var mapped = new ArrayList<T>();
    for (var row : execute(sql, parameters)) {
      mapped.add(mapping.apply(row));
    }
    return mapped;
  }

  /** The first row, mapped; empty when there is none, or when it is mapped to null. */
  public <T> Optional<T> first(String sql, Function<Row, T> mapping, Object... parameters) {
    var rows = execute(sql, parameters).iterator();
    return rows.hasNext() ? Optional.ofNullable(mapping.apply(rows.next())) : Optional.empty();
  }

  /** How many rows the statement wrote. */
  public int update(String sql, Object... parameters) {
    return execute(sql, parameters).rowCount();
  }

  /**
   * Like {@link #update} for what nobody reads in the same transaction: does not wait. A failure is
   * told by a later statement or by the commit, which then does not take place; so not for what a
   * savepoint may take back.
   */
  public void write(String sql, Object... parameters) {
    scope.said(asked(sql, parameters));
  }

  private RowSet<Row> execute(String sql, Object... parameters) {
    var answer = asked(sql, parameters).await().atMost(LIMIT);
    scope.answered();
    return answer;
  }

  private Uni<RowSet<Row>> asked(String sql, Object... parameters) {
    return client.preparedQuery(sql).execute(Tuple.from(parameters));
  }
}
