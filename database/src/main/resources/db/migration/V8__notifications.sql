-- Who was told of what, and what became of it.

-- One row per appointment that somebody is told of, in one window. Claimed before anything is sent.
create table if not exists automation.notification (
  id uuid primary key default gen_random_uuid(),
  kind text not null,                             -- COURT_TERME, LONG_TERME
  appointment_external_id text not null,
  recipient text not null,                        -- the technician's Gazelle id, or OFFICE
  local_date date not null,                       -- of the appointment, Montréal
  schedule_snapshot text not null,                -- the appointment's time when it was announced
  status text not null check (status in ('CLAIMED', 'SENDING', 'SENT', 'FAILED', 'SIMULATED', 'REDIRECTED', 'AMBIGUOUS')),
  attempts int not null default 0,
  message_id text,
  provider_id text,
  error text,
  run_id uuid not null,
  attempt int not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (kind, appointment_external_id, recipient, local_date, schedule_snapshot));
create index if not exists notification_updated on automation.notification (updated_at desc);
create index if not exists notification_recipient on automation.notification (recipient, local_date);
create index if not exists notification_open on automation.notification (run_id, attempt) where status in ('CLAIMED', 'SENDING');

-- What the bell rings for: one row per event of jobs.lifecycle.v1 that a person must hear of.
create table if not exists automation.bell (
  event_id text primary key,
  run_id uuid not null,
  job text not null,
  event text not null,                            -- RUN_FAILED, RUN_OVERDUE, RUN_RECOVERED
  at timestamptz not null,
  error jsonb,
  status text not null default 'WAITING' check (status in ('WAITING', 'SENDING', 'SENT', 'FAILED', 'SIMULATED', 'REDIRECTED', 'AMBIGUOUS')),
  attempts int not null default 0,
  next_try_at timestamptz not null default now(),
  message_id text,
  provider_id text,
  reason text,
  updated_at timestamptz not null default now());
create index if not exists bell_waiting on automation.bell (next_try_at) where status in ('WAITING', 'FAILED');
