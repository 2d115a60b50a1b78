-- Outbox and inbox: how events leave a service and how workers accept, claim and lease attempts.

-- Events to publish, written in the transaction that caused them. Written through service-runtime by every service.
create table if not exists automation.outbox (
  id bigserial primary key,
  source text not null,                           -- the service whose relay publishes it
  topic text not null,
  key text not null,
  headers jsonb not null,
  payload text not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz);
create index if not exists outbox_unsent on automation.outbox (id) where sent_at is null;
create index if not exists outbox_unsent_key on automation.outbox (key, id) where sent_at is null;
create index if not exists outbox_sent on automation.outbox (sent_at) where sent_at is not null;

-- Accepted attempts. A row is claimed under a lease; the fence grows with every claim. Written by worker-runtime, and by the functions below.
create sequence if not exists automation.fence;
create table if not exists automation.inbox (
  run_id uuid not null,
  attempt int not null,
  worker text not null,                           -- the kind of worker
  job text not null,
  trigger jsonb not null,
  traceparent text,
  state text not null check (state in ('waiting', 'running', 'done', 'lost')),
  claimed_by text,
  fence bigint not null default 0,
  lease_until timestamptz,
  sequence int not null,
  cancel_requested boolean not null default false,
  accepted_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, attempt));
create index if not exists inbox_waiting on automation.inbox (worker, accepted_at) where state = 'waiting';
create index if not exists inbox_running on automation.inbox (lease_until) where state = 'running';

-- Exclusive use of something by one holder, for as long as it renews the lease: a spreadsheet, a token exchange.
create table if not exists automation.lease (
  name text primary key,
  holder text not null,                           -- identifies the claim
  run_id uuid,                                    -- the run that holds it; its lease ends with its last living attempt
  lease_until timestamptz not null);

-- Whether a worker holds an unexpired lease on this attempt of the run; on any of its attempts when the attempt is null.
create or replace function automation.attempt_is_alive(run uuid, attempt_number int) returns boolean language sql volatile as
$$
  select exists (
    select from automation.inbox i
    where i.run_id = $1 and ($2 is null or i.attempt = $2) and i.state = 'running' and i.lease_until > automation.statement_time())
$$;

-- Whether an attempt of the run was accepted and has not ended.
create or replace function automation.has_open_attempt(run uuid) returns boolean language sql stable as
$$ select exists (select from automation.inbox i where i.run_id = $1 and i.state in ('waiting', 'running')) $$;

-- Whether any worker ever accepted an attempt of the run.
create or replace function automation.was_accepted(run uuid) returns boolean language sql stable as
$$ select exists (select from automation.inbox i where i.run_id = $1) $$;

-- Marks attempts whose lease has expired as lost, under a new fence. A row that is locked is being renewed or written under: its worker lives.
create or replace function automation.mark_lost_attempts()
  returns table (run_id uuid, attempt int, job text, lost_fence bigint, sequence int, worker text, started_at timestamptz, traceparent text)
  language sql volatile as
$$
  update automation.inbox i
  set state = 'lost', fence = nextval('automation.fence'), sequence = i.sequence + 1, finished_at = automation.statement_time()
  from (
    select e.run_id, e.attempt, e.fence from automation.inbox e
    where e.state = 'running' and e.lease_until < automation.statement_time()
    for update skip locked) expired
  where i.run_id = expired.run_id and i.attempt = expired.attempt
  returning i.run_id, i.attempt, i.job, expired.fence, i.sequence, i.claimed_by, i.started_at, i.traceparent
$$;

-- Closes those of the attempts that no worker has started, and returns the runs of these and of the attempts that were never accepted.
create or replace function automation.close_unstarted_attempts(runs uuid[], attempts int[]) returns setof uuid language sql volatile as
$$
  with given as (select * from unnest($1, $2) as g (run_id, attempt)),
  closed as (
    update automation.inbox i set state = 'done', finished_at = automation.statement_time()
    from given g
    where i.run_id = g.run_id and i.attempt = g.attempt and i.state = 'waiting' and i.started_at is null
    returning i.run_id)
  select run_id from closed
  union
  select g.run_id from given g
  where not exists (select from automation.inbox i where i.run_id = g.run_id and i.attempt = g.attempt)
$$;

-- Cancels an attempt. True: no worker will run it any more. False: a worker runs it and is asked to stop.
-- Where it was not accepted yet, the row that acceptance would insert is inserted as done, so that the trigger becomes a duplicate.
create or replace function automation.cancel_attempt(run uuid, attempt_number int, worker_kind text, job_id text) returns boolean
  language plpgsql volatile as
$$
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
  update automation.inbox i set cancel_requested = true
  where i.run_id = run and i.attempt = attempt_number and i.state in ('waiting', 'running');
  return false;
end
$$;
