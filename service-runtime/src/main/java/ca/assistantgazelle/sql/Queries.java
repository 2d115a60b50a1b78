package ca.assistantgazelle.sql;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * SQL with bound parameters, awaited: for virtual threads. A statement that is not answered within
 * a minute fails, so that nobody waits for ever.
 */
public class Queries {
  static final Duration LIMIT = Duration.ofMinutes(1);

  private final SqlClient client;
  private final Consumer<Runnable> afterCommit;

  /**
   * @param afterCommit keeps what is to happen once the statements are committed
   */
  Queries(SqlClient client, Consumer<Runnable> afterCommit) {
    this.client = client;
    this.afterCommit = afterCommit;
  }

  /**
   * Does this on the same thread once the transaction is committed, and never when it is not; at
   * once where each statement commits on its own.
   */
  public void afterCommit(Runnable action) {
    afterCommit.accept(action);
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

  private RowSet<Row> execute(String sql, Object... parameters) {
    return client.preparedQuery(sql).execute(Tuple.from(parameters)).await().atMost(LIMIT);
  }
}
