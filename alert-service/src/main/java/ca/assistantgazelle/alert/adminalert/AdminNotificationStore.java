package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.alert.mail.AlertsMode;
import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Stores the notifications for the admin and their delivery status. */
@Singleton
class AdminNotificationStore {
  private static final int LOG_LINES = 15;
  private static final int MAX_ATTEMPTS = 6;

  /** False when the event was stored before. */
  boolean add(SqlQueries queries, LifecycleEvent event) {
    return queries.update(
            """
            insert into automation.bell (event_id, run_id, job, event, at, error) values ($1, $2, $3, $4, $5, $6)
            on conflict (event_id) do nothing
            """,
            event.eventId(),
            event.runId(),
            event.job(),
            event.event().name(),
            event.at().atOffset(ZoneOffset.UTC),
            event.error() == null ? null : new JsonObject(EventJson.write(event.error())))
        > 0;
  }

  /**
   * Once per token pair. Short-lived tokens are left out: they expire several times a day, and a
   * refused refresh fails the run. Tokens that expired long ago belong to unused applications.
   */
  void addExpiringTokens(SqlQueries queries, Instant now, Instant before) {
    queries.update(
        """
        insert into automation.bell (event_id, job, event, at, error)
        select 'token-' || client_id || '-' || version || '-' || extract(epoch from expires_at)::bigint, 'gazelle_token', 'TOKEN_EXPIRING', $1,
          jsonb_build_object('class', 'GAZELLE_TOKEN_EXPIRING', 'retryable', false, 'message',
            'The access token expires at ' || to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.')
        from automation.gazelle_token where lifetime_seconds >= 864000 and expires_at between $1::timestamptz - interval '1 day' and $2
        on conflict (event_id) do nothing
        """,
        now.atOffset(ZoneOffset.UTC),
        before.atOffset(ZoneOffset.UTC));
  }

  /** Once per copy and kind of damage. */
  void addDamagedBackups(SqlQueries queries, Instant now) {
    queries.update(
        """
        insert into automation.bell (event_id, job, event, at, error)
        select 'backup-' || backup_id || '-' || md5(destination) || '-' || state, 'backup_supabase_daily', 'BACKUP_WARNING', $1,
          jsonb_build_object('class', 'BACKUP_DAMAGED', 'retryable', false, 'message',
            backup_id || ' at ' || destination || ' is ' || state || coalesce(': ' || reason, ''))
        from automation.backup_copy where state in ('MISSING', 'TAMPERED', 'QUARANTINED', 'UNREADABLE')
        on conflict (event_id) do nothing
        """,
        now.atOffset(ZoneOffset.UTC));
  }

  /**
   * Once per newest verified backup; without any, once, counted from when the job was first
   * watched.
   */
  void addStaleBackup(SqlQueries queries, String job, Instant now, Instant before) {
    queries.update(
        """
        insert into automation.bell (event_id, job, event, at, error)
        select 'backup-stale-' || extract(epoch from last.at)::bigint, $1, 'BACKUP_WARNING', $2,
          jsonb_build_object('class', 'BACKUP_STALE', 'retryable', false, 'message',
            case when last.taken then 'The newest verified backup was taken at ' else 'There is no verified backup; the job has been watched since ' end
            || to_char(last.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.')
        from (
          select coalesce(copy.at, watch.since) as at, copy.at is not null as taken
          from (select max(taken_at) as at from automation.backup_copy where state = 'VERIFIED' and taken_at <= $2::timestamptz + interval '5 minutes') copy
          left join automation.watched_deadline watch on watch.job = $1) last
        where last.at < $3
        on conflict (event_id) do nothing
        """,
        job,
        now.atOffset(ZoneOffset.UTC),
        before.atOffset(ZoneOffset.UTC));
  }

  /** Once per newest restore drill; never where there is none. */
  void addStaleRestoreDrill(SqlQueries queries, String job, Instant now, Instant before) {
    queries.update(
        """
        insert into automation.bell (event_id, job, event, at, error)
        select 'rehearsal-stale-' || extract(epoch from last.at)::bigint, $1, 'BACKUP_WARNING', $2,
          jsonb_build_object('class', 'BACKUP_REHEARSAL_STALE', 'retryable', false, 'message',
            'The last successful restore drill was at ' || to_char(last.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.')
        from (select max(rehearsed_at) as at from automation.backup_copy) last
        where last.at < $3
        on conflict (event_id) do nothing
        """,
        job,
        now.atOffset(ZoneOffset.UTC),
        before.atOffset(ZoneOffset.UTC));
  }

  /** Mails that a dead process was sending: their delivery is uncertain. */
  void markUnclear(SqlQueries queries) {
    queries.update(
        "update automation.bell set status = 'AMBIGUOUS', reason = 'the process stopped while it was sending', updated_at = now() where status = 'SENDING' and updated_at < now() - interval '3 minutes'");
  }

  /**
   * The due notifications, once the oldest of them has waited for the gathering period. The rows
   * are locked until the transaction ends.
   */
  List<AdminNotification> claimDue(SqlQueries transaction, int most, Duration gathering) {
    return transaction.list(
        """
        select b.event_id, b.run_id, b.job, b.event, b.at, b.error, coalesce(t.attempt, 0) as attempts, t.log_tail
        from automation.bell b left join lateral (
          select attempt, log_tail from automation.attempt where run_id = b.run_id order by attempt desc, fence desc limit 1) t on true
        where b.event_id in (
          select event_id from automation.bell
          where status in ('WAITING', 'FAILED') and next_try_at <= now()
            and exists (select from automation.bell old where old.status in ('WAITING', 'FAILED') and old.next_try_at <= now()
              and old.updated_at < now() - make_interval(secs => $1))
          order by at limit $2 for update skip locked)
        order by b.at
        """,
        AdminNotificationStore::toNotification,
        gathering.toMillis() / 1_000.0,
        most);
  }

  void markSending(SqlQueries transaction, List<String> ids, String messageId) {
    transaction.update(
        "update automation.bell set status = 'SENDING', attempts = attempts + 1, message_id = $2, updated_at = now() where event_id = any ($1)",
        ids.toArray(String[]::new),
        messageId);
  }

  /** Cannot be sent yet; tried again later. */
  void postpone(SqlQueries transaction, List<String> ids, String reason) {
    transaction.update(
        "update automation.bell set reason = $2, next_try_at = now() + interval '10 minutes' where event_id = any ($1)",
        ids.toArray(String[]::new),
        reason);
  }

  void markSimulated(SqlQueries transaction, List<String> ids) {
    transaction.update(
        "update automation.bell set status = 'SIMULATED', updated_at = now() where event_id = any ($1)",
        (Object) ids.toArray(String[]::new));
  }

  /** A transient refusal is retried with exponential back-off. */
  void recordResult(SqlQueries queries, List<String> ids, SendResult result, AlertsMode mode) {
    var array = ids.toArray(String[]::new);
    switch (result) {
      case SendResult.Accepted accepted ->
          queries.update(
              "update automation.bell set status = $2, provider_id = $3, reason = null, updated_at = now() where event_id = any ($1)",
              array,
              mode == AlertsMode.LIVE ? "SENT" : "REDIRECTED",
              accepted.providerId());
      case SendResult.Refused refused ->
          queries.update(
              """
              update automation.bell set status = 'FAILED', reason = $2, updated_at = now(),
                next_try_at = case when $3 and attempts < %d then now() + interval '1 minute' * power(2, attempts) else 'infinity'::timestamptz end
              where event_id = any ($1)
              """
                  .formatted(MAX_ATTEMPTS),
              array,
              refused.reason(),
              refused.retryable());
      case SendResult.Unclear unclear ->
          queries.update(
              "update automation.bell set status = 'AMBIGUOUS', reason = $2, updated_at = now() where event_id = any ($1)",
              array,
              unclear.reason());
    }
  }

  private static AdminNotification toNotification(Row row) {
    var error = row.getJsonObject("error");
    return new AdminNotification(
        row.getString("event_id"),
        row.getUUID("run_id"),
        row.getString("job"),
        NotificationKind.valueOf(row.getString("event")),
        row.getOffsetDateTime("at").toInstant(),
        error == null
            ? null
            : new RunError(
                error.getString("class"),
                Boolean.TRUE.equals(error.getBoolean("retryable")),
                error.getString("message"),
                error.getString("suggestion")),
        row.getInteger("attempts"),
        lastLines(row.getJsonArray("log_tail")));
  }

  private static List<String> lastLines(JsonArray lines) {
    if (lines == null) {
      return List.of();
    }
    int from = Math.max(0, lines.size() - LOG_LINES);
    return lines.stream().skip(from).map(String::valueOf).toList();
  }
}
