-- What technicians' notes say, as understood by a given version of the rules.

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
