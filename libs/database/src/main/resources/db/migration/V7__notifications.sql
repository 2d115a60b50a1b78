-- Notifications and what became of them; deadlines of planned runs. Written by alert-service alone.

-- One row per subject and recipient. It is claimed before anything is sent; what was sent without a definite reply stays AMBIGUOUS and is not sent again.
create table if not exists automation.notification (
  id uuid primary key default gen_random_uuid(),
  kind text not null,                             -- COURT_TERME, LONG_TERME, MAINTENANCE, ADMIN
  subject_id text not null,                       -- the appointment, the maintenance alert, or the event that the mail is about
  recipient text not null,                        -- a technician's Gazelle id, OFFICE or ADMIN
  local_date date,                                -- of the appointment, Montréal; null where there is none
  schedule_snapshot text,                         -- the appointment's time when it was announced; null where there is none
  payload jsonb,                                  -- of an ADMIN notification: event, job, run_id, at, error
  status text not null
    check (status in ('PENDING', 'CLAIMED', 'SENDING', 'SENT', 'FAILED', 'SIMULATED', 'REDIRECTED', 'AMBIGUOUS')),
  attempts int not null default 0,
  next_attempt_at timestamptz,                    -- of an ADMIN notification that is PENDING or FAILED; null = no further attempt
  message_id text,
  provider_id text,
  error text,
  run_id uuid,                                    -- the run and attempt that claimed it; null: sent by the service itself
  attempt int,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique nulls not distinct (kind, subject_id, recipient, local_date, schedule_snapshot));
create index if not exists notification_updated on automation.notification (updated_at desc);
create index if not exists notification_recipient on automation.notification (recipient, local_date);
create index if not exists notification_claimed on automation.notification (run_id, attempt) where status in ('CLAIMED', 'SENDING');
create index if not exists notification_due on automation.notification (next_attempt_at) where status in ('PENDING', 'FAILED');

-- Since when a job is watched by which timetable.
create table if not exists automation.watched_deadline (
  job text primary key,
  schedule text not null,
  since timestamptz not null);

-- Runs that had not succeeded by their deadline.
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

-- What scheduler-service shows in its status.
create or replace view automation.v_overdue_job as
  select distinct job from automation.overdue where recovered_at is null;
