package ca.assistantgazelle.outbox;

import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Hands out events for publishing and notes what became of them. Any number of relays may share one
 * outbox.
 */
@Singleton
class OutboxStore {
  /** After that long, an event's own service is taken for gone, and any relay publishes it. */
  private static final Duration STRANDED = Duration.ofSeconds(15);

  private static final Duration KEPT = Duration.ofDays(7);

  private record Found(OutboxRow row, long candidates) {}

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  /**
   * Publishes the oldest unsent events of this service, and those of any other service that are
   * stranded, and notes which were sent. The rows are locked meanwhile, so no other relay sends
   * them; a process that dies lets go of them at once. An event whose predecessor of the same key
   * is not in the batch waits for it: per key, order is kept.
   *
   * @param most how many events at most
   * @param publishing returns the events that the broker acknowledged
   * @return whether the batch was full, so that more may wait
   */
  boolean publish(String source, int most, Function<List<OutboxRow>, List<OutboxRow>> publishing) {
    // Forgotten, an event would only be published again, and readers know it then.
    return database.inForgettableTransaction(
        transaction -> {
          var found = lock(transaction, source, most);
          if (!found.isEmpty()) {
            sent(transaction, publishing.apply(found.stream().map(Found::row).toList()));
          }
          return !found.isEmpty() && found.getFirst().candidates() == most;
        });
  }

  // Counted rather than "not exists": that becomes a join, for which a planner without statistics
  // reads all unsent rows for each of the batch, a second per batch when there are ten thousand.
  private static List<Found> lock(Queries transaction, String source, int most) {
    return transaction.list(
        """
        with candidate as (
          select id, topic, key, headers, payload from automation.outbox
          where sent_at is null
            and (source = $1 or created_at < automation.present() - make_interval(secs => $2))
          order by id
          limit $3
          for update skip locked)
        select id, topic, key, headers, payload, (select count(*) from candidate) as candidates from candidate c
        where 0 = (
          select count(*) from automation.outbox earlier
          where earlier.key = c.key and earlier.id < c.id and earlier.sent_at is null
            and earlier.id <> all (array(select id from candidate)))
        order by id
        """,
        row -> new Found(OutboxRow.of(row), row.getLong("candidates")),
        source,
        (double) STRANDED.toSeconds(),
        most);
  }

  private static void sent(Queries transaction, List<OutboxRow> rows) {
    transaction.update(
        "update automation.outbox set sent_at = automation.present() where id = any ($1)",
        (Object) rows.stream().map(OutboxRow::id).toArray(Long[]::new));
  }

  void forgetOld() {
    database.update(
        "delete from automation.outbox where sent_at < automation.present() - make_interval(secs => $1)",
        (double) KEPT.toSeconds());
  }
}
