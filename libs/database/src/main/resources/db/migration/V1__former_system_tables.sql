-- The tables of the former system. Any of them may already exist, with other columns, constraints and somebody's rows: what is missing
-- is added, nothing is dropped but constraints that would refuse what Gazelle sends. Safe to run twice.

create temporary table existing_table on commit drop as
  select tablename::text as name from pg_tables where schemaname = 'public';

create table if not exists public.gazelle_clients (id bigserial primary key, external_id text not null unique);
alter table public.gazelle_clients
  add column if not exists company_name text not null default '(sans nom)',
  add column if not exists first_name text,
  add column if not exists last_name text,
  add column if not exists status text,
  add column if not exists client_type text,
  add column if not exists tags text[],
  add column if not exists gazelle_tags text[],
  add column if not exists email text,
  add column if not exists phone text,
  add column if not exists street text,
  add column if not exists city text,
  add column if not exists region text,
  add column if not exists postal_code text,
  add column if not exists country_code text,
  add column if not exists personal_notes text,
  add column if not exists preference_notes text,
  add column if not exists locale varchar(10),
  add column if not exists preferred_technician_id text,
  add column if not exists lifecycle_state text,
  add column if not exists gazelle_created_at timestamptz,
  add column if not exists gazelle_updated_at timestamptz,
  add column if not exists content_hash bytea,
  add column if not exists deleted_at timestamptz,
  add column if not exists deleted_reason text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();
alter table public.gazelle_clients alter column company_name drop default;

create table if not exists public.gazelle_contacts (id bigserial primary key, external_id text not null unique);
alter table public.gazelle_contacts
  add column if not exists client_external_id text references public.gazelle_clients (external_id),
  add column if not exists first_name text,
  add column if not exists last_name text,
  add column if not exists role text,
  add column if not exists email text,
  add column if not exists phone text,
  add column if not exists is_default boolean,
  add column if not exists is_billing_default boolean,
  add column if not exists archived boolean,
  add column if not exists content_hash bytea,
  add column if not exists deleted_at timestamptz,
  add column if not exists deleted_reason text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();

create table if not exists public.gazelle_pianos (id bigserial primary key, external_id text not null unique);
alter table public.gazelle_pianos
  add column if not exists client_external_id text references public.gazelle_clients (external_id),
  add column if not exists make text,
  add column if not exists model text,
  add column if not exists serial_number text,
  add column if not exists type text,
  add column if not exists year int,
  add column if not exists location text,
  add column if not exists notes text,
  add column if not exists status text,
  add column if not exists dampp_chaser_installed boolean default false,
  add column if not exists gazelle_dampp_chaser_installed boolean,
  add column if not exists dampp_chaser_humidistat_model text,
  add column if not exists dampp_chaser_mfg_date date,
  add column if not exists service_interval_months int,
  add column if not exists manual_last_service date,
  add column if not exists event_last_service date,
  add column if not exists calculated_last_service date,
  add column if not exists calculated_next_service date,
  add column if not exists gazelle_created_at timestamptz,
  add column if not exists gazelle_updated_at timestamptz,
  add column if not exists content_hash bytea,
  add column if not exists deleted_at timestamptz,
  add column if not exists deleted_reason text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();

create table if not exists public.gazelle_appointments (id bigserial primary key, external_id text not null unique);
alter table public.gazelle_appointments
  add column if not exists client_external_id text references public.gazelle_clients (external_id),
  add column if not exists piano_external_id text,
  add column if not exists title text,
  add column if not exists description text,
  add column if not exists notes text,
  add column if not exists location text,
  add column if not exists appointment_date date,
  add column if not exists appointment_time time,
  add column if not exists start_datetime timestamptz,
  add column if not exists duration_minutes int,
  add column if not exists is_all_day boolean,
  add column if not exists status text,
  add column if not exists event_type text,
  add column if not exists technicien text,
  add column if not exists travel_mode text,
  add column if not exists source text,
  add column if not exists created_by text,
  add column if not exists confirmed_by_client boolean,
  add column if not exists confirmed_at timestamptz,
  add column if not exists gazelle_created_at timestamptz,
  add column if not exists gazelle_updated_at timestamptz,
  add column if not exists last_notified_tech_id varchar,
  add column if not exists last_notified_schedule varchar(50),
  add column if not exists content_hash bytea,
  add column if not exists deleted_at timestamptz,
  add column if not exists deleted_reason text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();

create table if not exists public.gazelle_appointment_pianos (
  appointment_external_id text references public.gazelle_appointments (external_id),
  piano_external_id text,
  is_tuning boolean,
  position int,
  primary key (appointment_external_id, piano_external_id));

create table if not exists public.users (id text primary key);
alter table public.users
  add column if not exists external_id text unique,
  add column if not exists first_name text,
  add column if not exists last_name text,
  add column if not exists email text,
  add column if not exists phone text,
  add column if not exists role text,
  add column if not exists gazelle_status text,
  add column if not exists gazelle_access_level text,
  add column if not exists is_schedulable boolean,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();

create table if not exists public.gazelle_timeline_entries (id bigserial primary key, external_id text not null unique);
alter table public.gazelle_timeline_entries
  add column if not exists client_id text,
  add column if not exists piano_id text,
  add column if not exists user_id text,
  add column if not exists invoice_id text,
  add column if not exists estimate_id text,
  add column if not exists entry_type text,
  add column if not exists title text,
  add column if not exists description text,
  add column if not exists occurred_at timestamptz,
  add column if not exists metadata jsonb,
  add column if not exists content_hash bytea,
  add column if not exists synced_at timestamptz,
  add column if not exists deleted_at timestamptz,
  add column if not exists deleted_reason text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();
create index if not exists gazelle_timeline_entries_occurred_at on public.gazelle_timeline_entries (occurred_at desc);

create table if not exists public.produits_catalogue (
  id uuid primary key default gen_random_uuid(), code_produit text not null unique);
alter table public.produits_catalogue
  add column if not exists gazelle_product_id text unique,
  add column if not exists nom text not null default '(sans nom)',
  add column if not exists categorie text,
  add column if not exists description text,
  add column if not exists prix_unitaire numeric(10, 2),
  add column if not exists unite_mesure text default 'unité',
  add column if not exists is_active boolean,
  add column if not exists last_sync_at timestamptz,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();
alter table public.produits_catalogue alter column nom drop default;

create table if not exists public.scheduler_logs (id uuid primary key default gen_random_uuid());
alter table public.scheduler_logs
  add column if not exists job_name text,
  add column if not exists status text not null default 'success',
  add column if not exists started_at timestamptz not null default now(),
  add column if not exists completed_at timestamptz,
  add column if not exists duration_seconds integer,
  add column if not exists error_message text,
  add column if not exists details jsonb;
alter table public.scheduler_logs alter column status drop default, alter column started_at drop default;

-- Older shapes of scheduler_logs on record: (task_name, message, stats) and (job_name, finished_at, details).
-- Their own columns stay; the columns below are filled from them where those are empty.
do $$
declare
  has_column boolean;
begin
  select exists (select from information_schema.columns
    where table_schema = 'public' and table_name = 'scheduler_logs' and column_name = 'task_name') into has_column;
  if has_column then
    update public.scheduler_logs set job_name = task_name where job_name is null;
  end if;
  select exists (select from information_schema.columns
    where table_schema = 'public' and table_name = 'scheduler_logs' and column_name = 'finished_at') into has_column;
  if has_column then
    update public.scheduler_logs set completed_at = finished_at where completed_at is null and finished_at is not null;
  end if;
  select exists (select from information_schema.columns
    where table_schema = 'public' and table_name = 'scheduler_logs' and column_name = 'message') into has_column;
  if has_column then
    update public.scheduler_logs set error_message = message
    where error_message is null and message is not null and status = 'error';
  end if;
  select exists (select from information_schema.columns
    where table_schema = 'public' and table_name = 'scheduler_logs' and column_name = 'stats') into has_column;
  if has_column then
    update public.scheduler_logs set details = stats where details is null and stats is not null;
  end if;
  update public.scheduler_logs set job_name = '(inconnu)' where job_name is null;
end $$;
alter table public.scheduler_logs alter column job_name set not null;
create index if not exists scheduler_logs_job_name_started_at on public.scheduler_logs (job_name, started_at desc);

-- Catalogue ids of the former system were declared as numbers although Gazelle's are texts.
do $$
begin
  if (select data_type from information_schema.columns
      where table_schema = 'public' and table_name = 'produits_catalogue' and column_name = 'gazelle_product_id')
     not in ('text', 'character varying') then
    alter table public.produits_catalogue alter column gazelle_product_id type text using gazelle_product_id::text;
  end if;
end $$;

-- What an older table may refuse although we must store it: values of Gazelle's open enums, and rows without the
-- columns that only the former system filled.
do $$
declare
  obstacle record;
begin
  for obstacle in
    select distinct c.conrelid::regclass as owner, c.conname as name
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'c' and c.connamespace = 'public'::regnamespace
      and c.conrelid::regclass::text in ('gazelle_clients', 'public.gazelle_clients', 'gazelle_contacts', 'public.gazelle_contacts',
        'gazelle_pianos', 'public.gazelle_pianos', 'gazelle_appointments', 'public.gazelle_appointments',
        'gazelle_timeline_entries', 'public.gazelle_timeline_entries', 'users', 'public.users',
        'produits_catalogue', 'public.produits_catalogue', 'scheduler_logs', 'public.scheduler_logs')
      and a.attname in ('status', 'type', 'entry_type', 'event_type', 'travel_mode', 'source', 'client_type',
        'lifecycle_state', 'role', 'locale')
  loop
    execute format('alter table %s drop constraint %I', obstacle.owner, obstacle.name);
  end loop;

  for obstacle in
    select c.table_name as owner, c.column_name as name
    from information_schema.columns c
    where c.table_schema = 'public' and c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO'
      and c.table_name in ('gazelle_clients', 'gazelle_contacts', 'gazelle_pianos', 'gazelle_appointments',
        'gazelle_timeline_entries', 'users', 'produits_catalogue', 'scheduler_logs')
      and (c.table_name, c.column_name) not in (
        ('gazelle_clients', 'external_id'), ('gazelle_clients', 'company_name'), ('gazelle_contacts', 'external_id'),
        ('gazelle_pianos', 'external_id'), ('gazelle_appointments', 'external_id'),
        ('gazelle_timeline_entries', 'external_id'), ('produits_catalogue', 'code_produit'), ('produits_catalogue', 'nom'),
        ('scheduler_logs', 'job_name'), ('scheduler_logs', 'status'), ('scheduler_logs', 'started_at'))
      and not exists (
        select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indisprimary and i.indrelid = format('public.%I', c.table_name)::regclass and a.attname = c.column_name)
  loop
    execute format('alter table public.%I alter column %I drop not null', obstacle.owner, obstacle.name);
  end loop;
end $$;

-- Supabase serves schema public over REST: what we create there is closed to it.
do $$
declare
  created text;
  web_role text;
begin
  foreach created in array array['gazelle_clients', 'gazelle_contacts', 'gazelle_pianos', 'gazelle_appointments',
    'gazelle_appointment_pianos', 'users', 'gazelle_timeline_entries', 'produits_catalogue', 'scheduler_logs']
  loop
    continue when exists (select from existing_table where name = created);
    execute format('alter table public.%I enable row level security', created);
    for web_role in select rolname from pg_roles where rolname in ('anon', 'authenticated') loop
      execute format('revoke all on public.%I from %I', created, web_role);
    end loop;
  end loop;
end $$;
