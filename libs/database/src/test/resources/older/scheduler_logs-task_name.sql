-- The version the former code wrote.
create table scheduler_logs (
  id uuid primary key default gen_random_uuid(),
  task_name text not null,
  task_label text,
  started_at timestamptz not null,
  completed_at timestamptz,
  duration_seconds int,
  status text not null check (status in ('running', 'success', 'error')),
  message text,
  stats jsonb default '{}',
  triggered_by text check (triggered_by in ('scheduler', 'manual', 'api')),
  triggered_by_user text,
  created_at timestamptz default now());
insert into scheduler_logs (task_name, task_label, started_at, completed_at, duration_seconds, status, message, stats, triggered_by) values
  ('sync_gazelle', 'Sync', '2026-01-09T02:00:00Z', '2026-01-09T02:02:00Z', 120, 'success', 'ok', '{"rows": 4135}', 'scheduler'),
  ('rapport', 'Rapport', '2026-01-10T02:00:00Z', '2026-01-10T02:00:05Z', 5, 'error', 'quota', '{}', 'manual');
