-- Which walk saw an id last: what one walk did not see is found here, not in the process's memory.
alter table automation.scan_seen add column if not exists pass int not null default 1;
alter table automation.scan add column if not exists pass int not null default 1;
alter table automation.scan add column if not exists shrank boolean not null default false;

-- The pair of OAuth tokens for Gazelle, one row per application. The tokens are sealed: AES-256-GCM, key derived from the client secret.
create table if not exists automation.gazelle_token (
  client_id text primary key,
  access_token bytea,
  refresh_token bytea not null,
  expires_at timestamptz,                         -- null = Gazelle did not say
  lifetime_seconds bigint,
  obtained_at timestamptz not null default now(),
  seed bytea not null,                            -- SHA-256 of the configured refresh token that the pair descends from
  version bigint not null default 1,
  refreshing_until timestamptz);                  -- one process at a time exchanges the pair

-- A client's contacts are looked up with every page of clients.
create index if not exists gazelle_contacts_client_external_id on public.gazelle_contacts (client_external_id);
