-- Written by backup-service alone.

-- Which backups there are and where: an inventory of the destinations, which are authoritative. The daily check rebuilds it.
create table if not exists automation.backup_copy (
  backup_id text not null,                        -- the snapshot's instant and six digits
  destination text not null,                      -- its address, without secrets
  taken_at timestamptz not null,
  run_id uuid,
  state text not null check (state in ('STORED', 'VERIFIED', 'MISSING', 'TAMPERED', 'QUARANTINED', 'UNREADABLE', 'DELETE_PENDING', 'DELETED')),
  reason text,
  level text,                                     -- L2: read back, decrypted and counted; L3: restored and compared
  rows bigint,
  plain_bytes bigint,
  stored_bytes bigint,
  verified_at timestamptz,
  drilled_at timestamptz,                         -- the latest successful restore drill
  drill_seconds bigint,
  checked_at timestamptz not null,
  primary key (backup_id, destination));
create index if not exists backup_copy_verified on automation.backup_copy (verified_at desc) where state = 'VERIFIED';

-- The HMAC key of manifests. One row, inserted by the first backup.
create table if not exists automation.backup_secret (
  id int primary key check (id = 1),
  secret bytea not null,
  created_at timestamptz not null default now());

-- What alert-service reads.
create or replace view automation.v_backup_copy as
  select backup_id, destination, state, reason, taken_at, drilled_at from automation.backup_copy;
