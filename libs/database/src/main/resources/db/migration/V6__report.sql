-- What report-service has published. Written by report-service alone.

-- Each tab of each spreadsheet. The sheet id survives renaming. found_hash: what was read back of wanted_hash.
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

-- The rows that each tab contains.
create table if not exists automation.report_row (
  spreadsheet text not null,
  tab text not null,
  row_key text not null,
  row_hash text not null,
  first_published_at timestamptz not null,
  last_published_at timestamptz not null,
  published_run uuid not null,
  primary key (spreadsheet, tab, row_key));

-- What each run of the report did.
create table if not exists automation.report_run (
  run_id uuid not null,
  attempt int not null,
  spreadsheet text not null,
  mode text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  status text not null,
  tabs jsonb not null,
  calls int not null,
  primary key (run_id, attempt));
