-- A second, incompatible migration of the former system.
create table scheduler_logs (
  id uuid primary key default gen_random_uuid(),
  job_name varchar(100) not null,
  status varchar(20) not null check (status in ('success', 'error')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  details jsonb);
insert into scheduler_logs (job_name, status, started_at, finished_at, details) values
  ('sync_gazelle_2h', 'success', '2026-01-09T02:00:00Z', '2026-01-09T02:02:00Z', '{"rows": 4135}');
