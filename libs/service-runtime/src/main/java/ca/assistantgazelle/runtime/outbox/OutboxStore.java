package ca.assistantgazelle.runtime.outbox;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Reads unpublished events and records which ones were sent. Any number of relays may share one outbox. */
@Singleton
class OutboxStore {
    /** After this time an event's own service is presumed dead, and any relay publishes it. */
    private static final Duration STRANDED_AFTER = Duration.ofSeconds(15);

    private static final Duration RETENTION = Duration.ofDays(7);

    private record LockedRow(OutboxRow row, long candidates) {}

    private final Database database;

    OutboxStore(Database database) {
        this.database = database;
    }

    /**
     * Publishes the oldest unsent events of this service, and stranded events of other services, and records which were
     * sent. The rows are locked meanwhile, so no other relay sends them; the locks of a process that dies are released
     * at once. An event whose predecessor of the same key is not in the batch waits for it: per key, order is kept.
     *
     * @param most maximum number of events
     * @param publishing returns the events that the broker acknowledged
     * @return whether the batch was full, so that more may wait
     */
    boolean publish(String source, int most, Function<List<OutboxRow>, List<OutboxRow>> publishing) {
        // If the commit is lost, events are only published again, and readers tolerate duplicates.
        return database.inAsyncCommitTransaction(transaction -> {
            var found = lockBatch(transaction, source, most);
            if (!found.isEmpty()) {
                markSent(
                        transaction,
                        publishing.apply(found.stream().map(LockedRow::row).toList()));
            }
            return !found.isEmpty() && found.getFirst().candidates() == most;
        });
    }

    // Counted rather than "not exists": that becomes a join, for which a planner without statistics
    // reads all unsent rows for each of the batch, a second per batch when there are ten thousand.
    private static List<LockedRow> lockBatch(SqlQueries transaction, String source, int most) {
        return transaction.list(
                """
                with candidate as (
                  select id, topic, key, headers, payload from automation.outbox
                  where sent_at is null
                    and (source = $1 or created_at < automation.statement_time() - make_interval(secs => $2))
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
                row -> new LockedRow(OutboxRow.of(row), row.getLong("candidates")),
                source,
                (double) STRANDED_AFTER.toSeconds(),
                most);
    }

    private static void markSent(SqlQueries transaction, List<OutboxRow> rows) {
        transaction.update(
                "update automation.outbox set sent_at = automation.statement_time() where id = any ($1)",
                (Object) rows.stream().map(OutboxRow::id).toArray(Long[]::new));
    }

    void deleteOld() {
        database.update(
                "delete from automation.outbox where sent_at < automation.statement_time() - make_interval(secs => $1)",
                (double) RETENTION.toSeconds());
    }
}
