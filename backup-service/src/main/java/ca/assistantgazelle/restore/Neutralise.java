package ca.assistantgazelle.restore;

import ca.assistantgazelle.postgresql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A restored system must not wake up: its running jobs are over, what it had still to send is
 * expired, its timetable is paused, and it has no tokens. Source: backup.md §0.17.
 */
final class Neutralise {
  private record Step(String table, String what, String sql) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(
              "automation.inbox",
              "accepted attempts → lost",
              "update automation.inbox set state = 'lost', lease_until = null, finished_at = now() where state in ('waiting', 'running')"),
          new Step(
              "automation.attempt",
              "running attempts → LOST",
              """
              update automation.attempt set status = 'LOST', finished_at = now(),
                error = '{"class": "RESTORED", "retryable": false, "message": "LOST: the database was restored from a backup."}'
              where finished_at is null
              """),
          new Step(
              "automation.run",
              "open runs → error",
              """
              update automation.run set status = 'error', finished_at = now(), next_attempt_at = null, held = null,
                error = '{"class": "RESTORED", "retryable": false, "message": "LOST: the database was restored from a backup."}'
              where status in ('queued', 'running', 'waiting_retry')
              """),
          new Step(
              "public.scheduler_logs",
              "running log rows → error",
              """
              update public.scheduler_logs set status = 'error', completed_at = now(),
                error_message = 'LOST: the database was restored from a backup.'
              where status = 'running'
              """),
          new Step(
              "automation.outbox",
              "unsent events → expired",
              "update automation.outbox set sent_at = now() where sent_at is null"),
          new Step(
              "automation.notification",
              "unsent notifications → AMBIGUOUS",
              """
              update automation.notification set status = 'AMBIGUOUS', error = 'EXPIRED: the database was restored from a backup.', updated_at = now()
              where status in ('CLAIMED', 'SENDING', 'FAILED')
              """),
          new Step(
              "automation.bell",
              "unsent news for the admin → AMBIGUOUS",
              """
              update automation.bell set status = 'AMBIGUOUS', reason = 'EXPIRED: the database was restored from a backup.', updated_at = now()
              where status in ('WAITING', 'SENDING', 'FAILED')
              """),
          new Step(
              "automation.job_state",
              "timetables → paused",
              """
              update automation.job_state set paused_at = now(), paused_until = null, paused_by = 'restore',
                pause_reason = 'restored from a backup; resume with ./gazelle resume when this is the system that works'
              where paused_at is null or paused_until is not null
              """),
          new Step(
              "automation.gazelle_token",
              "tokens for Gazelle → removed",
              "delete from automation.gazelle_token"));

  private Neutralise() {}

  /** What was changed, for people. All of it or nothing. */
  static List<String> apply(Connection session) throws SQLException {
    session.setAutoCommit(false);
    var changed = new ArrayList<String>();
    for (var step : STEPS) {
      if (Rows.text(session, "select to_regclass(?)::text", step.table()) != null) {
        int rows = Rows.update(session, step.sql());
        if (rows > 0) {
          changed.add(step.what() + ": " + rows);
        }
      }
    }
    session.commit();
    return changed;
  }
}
