-- Which notes were understood, by which version of the rules, and what the report published.

-- One row per note that was understood, also of those that say nothing. The digest tells when the note has changed since.
create table if not exists automation.note_entry (
  entry_external_id text primary key,
  piano_id text,
  client_id text,
  digest text not null,
  rule_version int not null);
create index if not exists maintenance_alert_piano on automation.maintenance_alert (piano_id);
create index if not exists gazelle_timeline_entries_notes on public.gazelle_timeline_entries (piano_id)
  where entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT');

-- What stands in each tab of each spreadsheet. The tab's number survives renaming. found_hash: what was read back of wanted_hash.
create table if not exists automation.report_tab (
  spreadsheet text not null,
  tab text not null,
  sheet_id int,
  rows int not null,
  wanted_hash text not null,
  found_hash text not null,
  published_at timestamptz not null,
  published_run uuid not null,
  primary key (spreadsheet, tab));

-- One run at a time writes a spreadsheet.
create table if not exists automation.report_lock (
  spreadsheet text primary key,
  run_id uuid not null,
  until timestamptz not null);

-- The rows that stand in each tab.
create table if not exists automation.report_row (
  spreadsheet text not null,
  tab text not null,
  row_key text not null,
  row_hash text not null,
  first_published_at timestamptz not null,
  last_published_at timestamptz not null,
  published_run uuid not null,
  primary key (spreadsheet, tab, row_key));

-- What each run of the report did. cursor_to: everything that arrived up to then is in all tabs; null when a tab failed.
create table if not exists automation.report_run (
  run_id uuid not null,
  attempt int not null,
  spreadsheet text not null,
  mode text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  status text not null,
  cursor_from timestamptz,
  cursor_to timestamptz,
  tabs jsonb not null,
  calls int not null,
  primary key (run_id, attempt));
