-- Rooms 2 to 7: the ledger of runs, what is to be published, what workers accepted.

-- One row per run, whatever became of it.
create table if not exists automation.run (
  run_id uuid primary key,
  job text not null,
  cause text not null,
  fire_key text,                                  -- the nominal local time of a planned fire; null for a manual run
  nominal text,
  zone text,
  scheduled_for timestamptz not null,
  not_after timestamptz,
  parameters jsonb not null default '{}',
  parent_run_id uuid,
  replay_id uuid,
  requested_by text,
  status text not null
    check (status in ('queued', 'running', 'waiting_retry', 'success', 'error', 'cancelled', 'not_run')),
  disposition text,
  reason text,
  attempt int not null default 1,
  max_attempts int not null,
  accepted_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  next_attempt_at timestamptz,
  error jsonb,
  traceparent text,
  created_at timestamptz not null default now(),
  unique (job, fire_key));
create index if not exists run_by_job on automation.run (job, created_at desc);
create index if not exists run_open on automation.run (job) where status in ('queued', 'running', 'waiting_retry');

-- One row per try: an attempt handed over by a stopping worker has a second row with the same attempt number.
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
  log_id uuid not null,
  primary key (run_id, attempt, fence));

-- What is to be published, written in the transaction that caused it.
create table if not exists automation.outbox (
  id bigserial primary key,
  source text not null,
  topic text not null,
  key text not null,
  headers jsonb not null,
  payload text not null,
  created_at timestamptz not null default now(),
  claimed_until timestamptz,
  sent_at timestamptz);
create index if not exists outbox_unsent on automation.outbox (id) where sent_at is null;
create index if not exists outbox_unsent_key on automation.outbox (key, id) where sent_at is null;
create index if not exists outbox_sent on automation.outbox (sent_at) where sent_at is not null;

-- What workers accepted. A row is claimed under a lease; the fence grows with every claim.
create sequence if not exists automation.fence;
create table if not exists automation.inbox (
  run_id uuid not null,
  attempt int not null,
  worker text not null,
  job text not null,
  trigger jsonb not null,
  traceparent text,
  state text not null check (state in ('waiting', 'running', 'done', 'lost')),
  claimed_by text,
  fence bigint not null default 0,
  lease_until timestamptz,
  sequence int not null,
  accepted_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, attempt));
create index if not exists inbox_waiting on automation.inbox (worker, accepted_at) where state = 'waiting';
create index if not exists inbox_running on automation.inbox (lease_until) where state = 'running';
