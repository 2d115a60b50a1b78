-- The mirror as the former system left it: serial keys, extra columns, CHECKs on Gazelle's enums, people's tags.
create table gazelle_clients (
  id serial primary key, external_id text unique not null, company_name text not null, first_name text, last_name text,
  status text check (status in ('ACTIVE', 'INACTIVE')), tags text[], email text, phone text, city text, postal_code text,
  personal_notes text, preference_notes text, locale varchar(10), remarque_interne text, score int not null,
  created_at timestamptz default now(), updated_at timestamptz default now());
insert into gazelle_clients (external_id, company_name, status, tags, remarque_interne, score) values
  ('cli_manuel0000000001', 'Place des Arts', 'ACTIVE', '{institutional,prioritaire}', 'clé chez le gardien', 7);
create table gazelle_pianos (
  id serial primary key, external_id text unique, client_external_id text references gazelle_clients (external_id),
  make text, model text, serial_number text, type text, year int, location text, notes text,
  dampp_chaser_installed boolean default false, created_at timestamptz default now(), updated_at timestamptz default now());
insert into gazelle_pianos (external_id, client_external_id, make, dampp_chaser_installed) values
  ('ins_manuel0000000001', 'cli_manuel0000000001', 'Marque', true);
create table users (
  id text primary key, external_id text, first_name text, last_name text, email text, phone text, role text,
  created_at timestamptz default now(), updated_at timestamptz default now());
insert into users (id, external_id, first_name, role) values ('usr_manuel0000000001', 'usr_manuel0000000001', 'Alix', 'technicien');
create table gazelle_timeline_entries (
  id serial primary key, external_id text unique, client_id text, piano_id text references gazelle_pianos (external_id),
  user_id text references users (id) on delete set null, invoice_id text, estimate_id text,
  entry_type text check (entry_type in ('SERVICE', 'NOTE', 'APPOINTMENT')), title text, description text,
  occurred_at timestamptz, metadata jsonb, entity_type text, created_at timestamptz default now(), updated_at timestamptz default now());
insert into gazelle_timeline_entries (external_id, entry_type, title, metadata) values ('tle_import1', 'NOTE', 'vieux', '{"mesure": 1}');
create table produits_catalogue (
  id uuid primary key default gen_random_uuid(), code_produit text unique not null, nom text not null, categorie text,
  prix_unitaire numeric(10,2), gazelle_product_id integer, has_commission boolean, is_active boolean);
insert into produits_catalogue (code_produit, nom, gazelle_product_id, has_commission) values ('ACC-1', 'Accord', 12, true);
