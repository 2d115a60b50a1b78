-- Makes a restored copy of the system inert: its open runs have ended, nothing waits to be sent, its timetables are paused and it has no tokens.
-- Returns what was changed, one line for each kind. Called by backup-service after a restore.
create or replace function automation.quiesce() returns setof text language plpgsql volatile as
$$
declare
  restored constant text := 'the database was restored from a backup';
  restored_error constant jsonb := jsonb_build_object('class', 'RESTORED', 'retryable', false, 'message', 'LOST: ' || restored || '.');
  affected bigint;
begin
  update automation.inbox set state = 'lost', lease_until = null, finished_at = now() where state in ('waiting', 'running');
  get diagnostics affected = row_count;
  if affected > 0 then return next 'accepted attempts → lost: ' || affected; end if;

  update automation.attempt set status = 'LOST', finished_at = now(), error = restored_error where finished_at is null;
  get diagnostics affected = row_count;
  if affected > 0 then return next 'running attempts → LOST: ' || affected; end if;

  update automation.run
  set status = 'error', disposition = 'RAN', error = restored_error, finished_at = now(), next_attempt_at = null, wait_reason = null
  where status in ('queued', 'running', 'waiting_retry');
  get diagnostics affected = row_count;
  if affected > 0 then return next 'open runs → error: ' || affected; end if;

  update public.scheduler_logs set status = 'error', completed_at = now(), error_message = 'LOST: ' || restored || '.' where status = 'running';
  get diagnostics affected = row_count;
  if affected > 0 then return next 'running log rows → error: ' || affected; end if;

  update automation.outbox set sent_at = now() where sent_at is null;
  get diagnostics affected = row_count;
  if affected > 0 then return next 'unsent events → expired: ' || affected; end if;

  update automation.notification set status = 'AMBIGUOUS', error = 'EXPIRED: ' || restored, next_attempt_at = null, updated_at = now()
  where status in ('PENDING', 'CLAIMED', 'SENDING', 'FAILED');
  get diagnostics affected = row_count;
  if affected > 0 then return next 'unsent notifications → AMBIGUOUS: ' || affected; end if;

  -- Fires between the backup and now must not be caught up.
  update automation.job_state set planned_until = now(), next_at = null;

  update automation.job_state
  set paused_at = now(), paused_until = null, paused_by = 'restore',
    pause_reason = 'restored from a backup; run ./gazelle resume when this is the production system'
  where paused_at is null or paused_until is not null;
  get diagnostics affected = row_count;
  if affected > 0 then return next 'timetables → paused: ' || affected; end if;

  delete from automation.lease;

  delete from automation.gazelle_token;
  get diagnostics affected = row_count;
  if affected > 0 then return next 'tokens for Gazelle → removed: ' || affected; end if;
end
$$;
