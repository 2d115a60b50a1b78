-- What keeps a run from staying open, and an attempt from starting late.

-- When the events of the open attempt were published again, because the scheduler had not received its outcome.
alter table automation.run add column if not exists republished_at timestamptz;

-- The attempt is of no use after this and is not claimed; null = no limit.
alter table automation.inbox add column if not exists useful_until timestamptz;
update automation.inbox set useful_until = (trigger ->> 'notAfter')::timestamptz
where state = 'waiting' and useful_until is null and trigger ->> 'notAfter' is not null;

-- Closes those of the attempts that no worker is running: never started, or interrupted and not continued. Returns the runs of these and of
-- the attempts that were never accepted.
create or replace function automation.close_unstarted_attempts(runs uuid[], attempts int[]) returns setof uuid language sql volatile as
$$
  with given as (select * from unnest($1, $2) as g (run_id, attempt)),
  closed as (
    update automation.inbox i set state = 'done', finished_at = automation.statement_time()
    from given g
    where i.run_id = g.run_id and i.attempt = g.attempt and i.state = 'waiting'
    returning i.run_id)
  select run_id from closed
  union
  select g.run_id from given g
  where not exists (select from automation.inbox i where i.run_id = g.run_id and i.attempt = g.attempt)
$$;

-- Cancels an attempt. True: no worker runs it, or will. False: a worker runs it and is asked to stop.
-- Where it was not accepted yet, the row that acceptance would insert is inserted as done, so that the trigger becomes a duplicate.
create or replace function automation.cancel_attempt(run uuid, attempt_number int, worker_kind text, job_id text) returns boolean
  language plpgsql volatile as
$$
declare
  present_state text;
begin
  update automation.inbox i set state = 'done', cancel_requested = true, finished_at = automation.statement_time()
  where i.run_id = run and i.attempt = attempt_number and i.state = 'waiting';
  if found then
    return true;
  end if;
  insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, finished_at)
  values (run, attempt_number, worker_kind, job_id, '{}', 'done', 1, automation.statement_time())
  on conflict do nothing;
  if found then
    return true;
  end if;
  -- It may have been handed over by a stopping worker since the first statement.
  update automation.inbox i
  set cancel_requested = true, state = case when i.state = 'waiting' then 'done' else i.state end,
    finished_at = case when i.state = 'waiting' then automation.statement_time() else i.finished_at end
  where i.run_id = run and i.attempt = attempt_number and i.state in ('waiting', 'running')
  returning i.state into present_state;
  return present_state is distinct from 'running';
end
$$;

-- Those of the attempts that no worker will report on any more: ended before that instant, or unknown to the inbox (state null).
create or replace function automation.silent_attempts(runs uuid[], attempts int[], ended_before timestamptz)
  returns table (run_id uuid, attempt int, state text, sequence int) language sql stable as
$$
  select g.run_id, g.attempt, i.state, i.sequence
  from unnest($1, $2) as g (run_id, attempt)
    left join automation.inbox i on i.run_id = g.run_id and i.attempt = g.attempt
  where i.run_id is null or i.state in ('done', 'lost') and i.finished_at < $3
$$;

-- Job and trigger of the run's first attempt that a worker accepted.
create or replace function automation.accepted_attempt(run uuid) returns table (job text, trigger jsonb) language sql stable as
$$ select i.job, i.trigger from automation.inbox i where i.run_id = $1 order by i.attempt limit 1 $$;

-- Events that the broker refuses: they wait while others are published, and are set aside after some tries.
alter table automation.outbox add column if not exists refusals int not null default 0;
alter table automation.outbox add column if not exists not_before timestamptz;
alter table automation.outbox add column if not exists set_aside_at timestamptz;
alter table automation.outbox add column if not exists refusal text;
create index if not exists outbox_set_aside on automation.outbox (set_aside_at) where set_aside_at is not null;

-- What scheduler-service shows of events and notifications that are not delivered.
create or replace view automation.v_outbox_backlog as
  select source, count(*) filter (where set_aside_at is null) as unsent, min(created_at) filter (where set_aside_at is null) as oldest_at,
    count(*) filter (where set_aside_at is not null) as set_aside
  from automation.outbox where sent_at is null group by source;

create or replace view automation.v_admin_backlog as
  select count(*) as waiting, min(created_at) as oldest_at, max(error) as last_error
  from automation.notification
  where kind = 'ADMIN' and created_at < now() - interval '5 minutes'
    and (status in ('CLAIMED', 'SENDING') or status in ('PENDING', 'FAILED') and next_attempt_at is not null);

-- Makes the timetables start from now: fires between a backup and its restore are not caught up. Called by backup-service.
create or replace function automation.skip_catch_up() returns void language sql volatile as
$$ update automation.job_state set planned_until = now(), next_at = null $$;
