-- How far each scan of Gazelle got, what it saw, and what could not be stored.

create table if not exists automation.scan (
  run_id uuid not null,
  entity text not null,
  cursor text,                                    -- after the last page written; null before the first
  pages int not null default 0,
  total int,                                      -- Gazelle's totalCount at the last page
  counts jsonb not null default '{}',
  finished_at timestamptz,
  primary key (run_id, entity));

create table if not exists automation.scan_seen (
  run_id uuid not null,
  entity text not null,
  external_id text not null,
  primary key (run_id, entity, external_id));

-- Up to when an entity is known to be complete: the start of the run that read it, moved only when that entity finished.
create table if not exists automation.watermark (
  entity text primary key,
  complete_at timestamptz not null,
  full_at timestamptz,
  run_id uuid not null);

-- Rows that could not be stored, with what was received: never dropped, never counted as done.
create table if not exists automation.quarantine (
  entity text not null,
  external_id text not null,
  reason text not null,
  payload jsonb not null,
  run_id uuid not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (entity, external_id));
