-- The clock: up to where each job's timetable is accounted for, what waits, who paused what, and what is overdue.

-- The present moment of everything that is leased. A session may set it, which only a simulation does.
create or replace function automation.present() returns timestamptz language sql volatile as
$$ select coalesce(nullif(current_setting('gazelle.present', true), '')::timestamptz, clock_timestamp()) $$;

-- One row per job. A scheduler claims the rows that are due (for update skip locked), so any number of them may run.
create table if not exists automation.job_state (
  job text primary key,
  schedule text not null,                         -- the timetable as planned by, JSON
  planned_until timestamptz not null,             -- every fire up to here has its row in automation.run
  next_at timestamptz,                            -- when the next fire falls due; null when none comes
  removed boolean not null default false,         -- no longer in the catalogue
  paused_at timestamptz,
  paused_until timestamptz,
  paused_by text,
  pause_reason text);
create index if not exists job_state_next on automation.job_state (next_at) where not removed;

-- A run that is planned but held back: for its turn (TURN) or for another job's run (AFTER).
alter table automation.run
  add column if not exists held text check (held in ('TURN', 'AFTER')),
  add column if not exists held_until timestamptz,
  add column if not exists awaited_job text,
  add column if not exists awaited_key text,
  add column if not exists cancel_requested_by text;
create index if not exists run_held on automation.run (held_until) where held is not null;
create index if not exists run_waiting_retry on automation.run (next_attempt_at) where status = 'waiting_retry';
create index if not exists run_success on automation.run (job, finished_at desc) where status = 'success';
alter table automation.inbox add column if not exists cancel_requested boolean not null default false;

-- Who did what through the API.
create table if not exists automation.audit (
  id bigserial primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  job text,
  run_id uuid,
  details jsonb not null default '{}');

-- The watchdog: since when it watches a job by which timetable, and what it told.
create table if not exists automation.watch (
  job text primary key,
  schedule text not null,
  since timestamptz not null);
create table if not exists automation.overdue (
  job text not null,
  fire_key text not null,
  run_id uuid not null,
  deadline timestamptz not null,
  fire_at timestamptz not null,
  raised_at timestamptz not null,
  recovered_at timestamptz,
  primary key (job, fire_key));
create index if not exists overdue_open on automation.overdue (job) where recovered_at is null;
