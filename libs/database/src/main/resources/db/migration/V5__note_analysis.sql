-- What technicians' notes say, as analysed by a version of the rules. Written through worker-runtime by sync-service and report-service,
-- one history at a time under an advisory lock.

-- One row per analysed note, also for notes without a reading or event. The digest shows whether the note has changed since.
create table if not exists automation.analysed_note (
  entry_external_id text primary key,
  piano_id text,
  client_id text,
  digest text not null,
  rule_version int not null);

create table if not exists automation.note_reading (
  entry_external_id text,
  position int,
  temperature_c numeric(4, 1),
  humidity_low int,
  humidity_high int,
  confidence text,
  canonical text,
  rule_version int,
  primary key (entry_external_id, position));

create table if not exists automation.maintenance_alert (
  id uuid primary key,
  piano_id text,
  client_id text,
  type text,
  severity text,
  status text,
  opened_by_entry text,
  opened_at timestamptz,
  resolved_by_entry text,
  resolved_at timestamptz,
  resolved_by text,
  evidence text,
  rule_version int,
  unique (opened_by_entry, type));
create index if not exists maintenance_alert_piano on automation.maintenance_alert (piano_id);

-- What alert-service reads of it.
create or replace view automation.v_open_maintenance_alert as
  select id, piano_id, client_id, opened_at, evidence from automation.maintenance_alert where status = 'OPEN';

create index if not exists gazelle_timeline_entries_notes on public.gazelle_timeline_entries (piano_id)
  where entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT');
