-- As the former system created it.
create table scheduler_logs (
  id uuid primary key default gen_random_uuid(),
  job_name text not null,
  status text not null,
  started_at timestamptz not null,
  completed_at timestamptz,
  duration_seconds integer,
  error_message text,
  details jsonb);
insert into scheduler_logs (job_name, status, started_at, completed_at, duration_seconds, details) values
  ('sync_gazelle_2h', 'success', '2026-01-09T02:00:00Z', '2026-01-09T02:02:00Z', 120, '{"rows": 4135}');
