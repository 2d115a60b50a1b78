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
                  where sent_at is null and set_aside_at is null
                    and (not_before is null or not_before <= automation.statement_time())
                    and (source = $1 or created_at < automation.statement_time() - make_interval(secs => $2))
                  order by id
                  limit $3
                  for update skip locked)
                select id, topic, key, headers, payload, (select count(*) from candidate) as candidates from candidate c
                where 0 = (
                  select count(*) from automation.outbox earlier
                  where earlier.key = c.key and earlier.id < c.id and earlier.sent_at is null and earlier.set_aside_at is null
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

    /** An event that the broker refused, and why. */
    record RefusedRow(OutboxRow row, String reason, boolean permanent) {}

    /**
     * Postpones refused events, at first for a second and at last for a minute, so that they hold up only events of the
     * same key. One that can never be published is set aside.
     */
    void postpone(List<RefusedRow> refused) {
        database.runInTransaction(transaction ->
                refused.forEach(one -> transaction.update("""
                update automation.outbox
                set refusals = refusals + 1, refusal = $2,
                  not_before = automation.statement_time() + interval '1 second' * least(power(2, least(refusals, 10)), 60),
                  set_aside_at = case when $3 then automation.statement_time() end
                where id = $1 and sent_at is null
                """, one.row().id(), one.reason(), one.permanent())));
    }

    /** Number of events that were set aside, by all services. */
    long countSetAside() {
        return database.first(
                        "select count(*) from automation.outbox where set_aside_at is not null", row -> row.getLong(0))
                .orElseThrow();
    }

    /** Number of events of this service that wait to be published. */
    long countUnsent(String source) {
        return database.first(
                        "select count(*) from automation.outbox where sent_at is null and set_aside_at is null and source = $1",
                        row -> row.getLong(0),
                        source)
                .orElseThrow();
    }

    void deleteOld() {
        database.update(
                "delete from automation.outbox where sent_at < automation.statement_time() - make_interval(secs => $1)",
                (double) RETENTION.toSeconds());
    }
}
