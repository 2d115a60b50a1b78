-- What sync-service remembers of its scans of Gazelle, and its OAuth tokens. Written by sync-service alone.

create table if not exists automation.scan (
  run_id uuid not null,
  entity text not null,
  cursor text,                                    -- after the last page stored; null before the first
  pages int not null default 0,
  total int,                                      -- Gazelle's totalCount at the last page
  counts jsonb not null default '{}',
  pass int not null default 1,
  shrank boolean not null default false,          -- totalCount fell during the pass
  finished_at timestamptz,
  primary key (run_id, entity));

-- The ids that a scan has read, and in which pass last: what a pass did not read is found here, not in the process's memory.
create table if not exists automation.scanned_id (
  run_id uuid not null,
  entity text not null,
  external_id text not null,
  pass int not null default 1,
  primary key (run_id, entity, external_id));

-- Up to when an entity is known to be complete: the start of the run that read it, moved only when that entity finished.
create table if not exists automation.watermark (
  entity text primary key,
  complete_at timestamptz not null,
  full_at timestamptz,
  run_id uuid not null);

-- Records that could not be stored, as received. They are counted in the run and tried again at every scan.
create table if not exists automation.quarantine (
  entity text not null,
  external_id text not null,
  reason text not null,
  payload jsonb not null,
  run_id uuid not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (entity, external_id));

-- OAuth tokens for Gazelle, one row per application, encrypted with AES-256-GCM under a key derived from the client secret.
create table if not exists automation.gazelle_token (
  client_id text primary key,
  access_token bytea,
  refresh_token bytea not null,
  expires_at timestamptz,                         -- null = Gazelle did not say
  lifetime_seconds bigint,
  obtained_at timestamptz not null default now(),
  initial_refresh_token_hash bytea not null,      -- SHA-256 of the configured refresh token that these tokens descend from
  version bigint not null default 1);

-- A client's contacts are looked up with every page of clients.
create index if not exists gazelle_contacts_client_external_id on public.gazelle_contacts (client_external_id);

-- What alert-service reads: when an authorisation ends. No token.
create or replace view automation.v_gazelle_token_expiry as
  select client_id, version, expires_at, lifetime_seconds from automation.gazelle_token where expires_at is not null;
