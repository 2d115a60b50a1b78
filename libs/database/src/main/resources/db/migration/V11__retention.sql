-- Retention: what grows is deleted in slices. Called by scheduler-service, once a day; each kind of rows has its own call.

create or replace function automation.delete_old(row_kind text, before timestamptz, most int) returns bigint language plpgsql volatile as
$$
declare
  deleted bigint;
begin
  case row_kind
    -- The newest success of each job stays: data freshness and the status look at it.
    when 'runs' then
      with doomed as materialized (
        select r.run_id from automation.run r
        where r.created_at < before and r.status not in ('queued', 'running', 'waiting_retry')
          and not (r.status = 'success' and r.finished_at = (
            select max(newest.finished_at) from automation.run newest where newest.job = r.job and newest.status = 'success'))
        order by r.created_at limit most),
      attempts as (delete from automation.attempt a using doomed d where a.run_id = d.run_id)
      delete from automation.run r using doomed d where r.run_id = d.run_id;
    -- The primary key of the inbox protects against triggers that are read again.
    when 'inbox' then
      delete from automation.inbox where ctid = any (array(
        select ctid from automation.inbox where state in ('done', 'lost') and accepted_at < before limit most));
    when 'scheduler_logs' then
      delete from public.scheduler_logs where ctid = any (array(
        select ctid from public.scheduler_logs where started_at < before and status <> 'running' limit most));
    when 'audit' then
      delete from automation.audit where ctid = any (array(select ctid from automation.audit where at < before limit most));
    when 'outbox' then
      delete from automation.outbox where ctid = any (array(
        select ctid from automation.outbox where set_aside_at < before limit most));
    when 'notifications' then
      delete from automation.notification where ctid = any (array(
        select ctid from automation.notification
        where updated_at < before and status not in ('PENDING', 'CLAIMED', 'SENDING') and (kind <> 'ADMIN' or next_attempt_at is null)
        limit most));
    when 'overdue' then
      delete from automation.overdue where ctid = any (array(
        select ctid from automation.overdue where coalesce(recovered_at, raised_at) < before limit most));
    when 'report_runs' then
      delete from automation.report_run where ctid = any (array(
        select ctid from automation.report_run where finished_at < before limit most));
    when 'scans' then
      delete from automation.scan where ctid = any (array(
        select ctid from automation.scan where finished_at < before limit most));
    when 'quarantine' then
      delete from automation.quarantine where ctid = any (array(
        select ctid from automation.quarantine where last_seen_at < before limit most));
    when 'backup_copies' then
      delete from automation.backup_copy where ctid = any (array(
        select ctid from automation.backup_copy where state = 'DELETED' and checked_at < before limit most));
    else
      raise exception 'unknown kind of rows: %', row_kind;
  end case;
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
create index if not exists run_created on automation.run (created_at);
create index if not exists inbox_accepted on automation.inbox (accepted_at);
create index if not exists audit_run on automation.audit (run_id);
