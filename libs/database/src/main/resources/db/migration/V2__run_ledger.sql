-- The scheduler's tables: the run ledger, attempts, the position of each job's timetable, the audit log. Written by scheduler-service alone.

-- The current time of everything that is leased or due. A simulation sets gazelle.statement_time for its session; nothing else does.
create or replace function automation.statement_time() returns timestamptz language sql volatile as
$$ select coalesce(nullif(current_setting('gazelle.statement_time', true), '')::timestamptz, clock_timestamp()) $$;

-- One row per planned or requested run, whatever became of it.
create table if not exists automation.run (
  run_id uuid primary key,
  job text not null,
  cause text not null,
  fire_key text,                                  -- identity of a planned fire within its job: the nominal local time; null for a requested run
  nominal text,
  zone text,
  scheduled_for timestamptz not null,
  useful_until timestamptz,                       -- the run is of no use after this; its triggers expire then
  parameters jsonb not null default '{}',
  parent_run_id uuid,
  requested_by text,
  status text not null
    check (status in ('queued', 'running', 'waiting_retry', 'success', 'error', 'cancelled', 'not_run')),
  disposition text,                               -- RAN, EXPIRED, SKIPPED_OVERLAP, …; null while the run is open
  plan_note text,                                 -- why it was planned as it was: late, skipped, paused; null = on time
  error jsonb,                                    -- why the latest attempt failed, or why the run ended without one
  attempt int not null default 1,
  max_attempts int not null,
  accepted_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  next_attempt_at timestamptz,
  cancelled_by text,                              -- who asked for its cancellation
  wait_reason text check (wait_reason in ('OVERLAP', 'DEPENDENCY')),  -- why its trigger is not published yet; null = it is
  wait_until timestamptz,                         -- a DEPENDENCY is waited for until then
  waits_for_job text,
  waits_for_fire_key text,
  traceparent text,
  created_at timestamptz not null default now(),
  unique (job, fire_key));
create index if not exists run_by_job on automation.run (job, created_at desc);
create index if not exists run_open on automation.run (job) where status in ('queued', 'running', 'waiting_retry');
create index if not exists run_waiting on automation.run (wait_until) where wait_reason is not null;
create index if not exists run_waiting_retry on automation.run (next_attempt_at) where status = 'waiting_retry';
create index if not exists run_success on automation.run (job, finished_at desc) where status = 'success';

-- One row per execution of an attempt. An attempt handed over by a stopping worker has a second row with the same number.
create table if not exists automation.attempt (
  run_id uuid not null references automation.run (run_id),
  attempt int not null,
  fence bigint not null,
  worker text,
  status text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  last_sequence int not null,
  counts jsonb not null default '{}',
  details jsonb not null default '{}',
  error jsonb,
  log_tail jsonb not null default '[]',
  log_id uuid not null,                           -- its row in public.scheduler_logs
  primary key (run_id, attempt, fence));

-- One row per job. A scheduler claims the rows that are due (for update skip locked), so any number of them may run.
create table if not exists automation.job_state (
  job text primary key,
  schedule text not null,                         -- the timetable it was planned by, JSON
  planned_until timestamptz not null,             -- every fire up to here has its row in automation.run
  next_at timestamptz,                            -- when the next fire falls due; null = none comes
  removed boolean not null default false,         -- no longer in the catalogue
  paused_at timestamptz,
  paused_until timestamptz,
  paused_by text,
  pause_reason text);
create index if not exists job_state_next on automation.job_state (next_at) where not removed;

-- Who did what through the API.
create table if not exists automation.audit (
  id bigserial primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  job text,
  run_id uuid,
  details jsonb not null default '{}');

-- What other services read of these tables.

create or replace view automation.v_latest_attempt as
  select distinct on (run_id) run_id, attempt, log_tail from automation.attempt order by run_id, attempt desc, fence desc;

create or replace view automation.v_planned_run as
  select run_id, job, fire_key, cause, status, disposition, created_at,
    exists (select from automation.audit a where a.run_id = r.run_id and a.action = 'retry') as retried_by_hand
  from automation.run r where fire_key is not null;

create or replace view automation.v_job_pause as
  select job, paused_at, paused_until from automation.job_state where paused_at is not null;

create or replace view automation.v_job_success as
  select job_name as job, started_at, completed_at from public.scheduler_logs where status = 'success';
