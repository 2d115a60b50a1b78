package ca.assistantgazelle.outbox;

import ca.assistantgazelle.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Claims events for publishing and notes what became of them. Any number of relays may share one
 * outbox.
 */
@Singleton
class OutboxStore {
  /**
   * Longer than the producer's {@code delivery.timeout.ms}, so that a claim never ends while its
   * send may still succeed; as short as that allows, because it is how long what a killed process
   * had claimed stays unsent.
   */
  static final Duration CLAIM = Duration.ofSeconds(3);

  /** After that long, an event's own service is taken for gone, and any relay publishes it. */
  private static final Duration STRANDED = Duration.ofSeconds(15);

  private static final int BATCH = 100;
  private static final Duration KEPT = Duration.ofDays(7);

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  /**
   * The oldest unsent events of this service, and those of any other service that are stranded. An
   * event whose predecessor of the same key is not in the batch waits for it: per key, order is
   * kept.
   */
  List<OutboxRow> claim(String source) {
    return database
        .list(
            """
            with candidate as (
              select id, key from automation.outbox
              where sent_at is null and (claimed_until is null or claimed_until < automation.present())
                and (source = $1 or created_at < automation.present() - make_interval(secs => $4))
              order by id
              limit $3
              for update skip locked),
            claimed as (
              select c.id from candidate c
              where not exists (
                select from automation.outbox earlier
                where earlier.key = c.key and earlier.id < c.id and earlier.sent_at is null
                  and earlier.id not in (select id from candidate)))
            update automation.outbox o
            set claimed_until = automation.present() + make_interval(secs => $2)
            from claimed where o.id = claimed.id
            returning o.id, o.topic, o.key, o.headers, o.payload
            """,
            OutboxRow::of,
            source,
            (double) CLAIM.toSeconds(),
            BATCH,
            (double) STRANDED.toSeconds())
        .stream()
        .sorted(Comparator.comparingLong(OutboxRow::id))
        .toList();
  }

  void sent(List<OutboxRow> rows) {
    database.update(
        "update automation.outbox set sent_at = automation.present() where id = any ($1)",
        (Object) ids(rows));
  }

  void release(List<OutboxRow> rows) {
    database.update(
        "update automation.outbox set claimed_until = null where id = any ($1)",
        (Object) ids(rows));
  }

  void forgetOld() {
    database.update(
        "delete from automation.outbox where sent_at < automation.present() - make_interval(secs => $1)",
        (double) KEPT.toSeconds());
  }

  private static Long[] ids(List<OutboxRow> rows) {
    return rows.stream().map(OutboxRow::id).toArray(Long[]::new);
  }
}
