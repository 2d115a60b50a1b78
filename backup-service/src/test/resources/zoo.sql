-- One example of everything that a dump and a restore can get wrong.
create schema automation;
create schema "Étrange ""schéma""";
create type public.humeur as enum ('gai', 'triste', 'l''autre');
create domain public.code_postal as text check (value ~ '^[A-Z]\d[A-Z]');
create type public.adresse as (rue text, ville text);
create table public.gazelle_clients (id serial primary key, nom text not null, humeur humeur, cp code_postal, ou adresse, notes text[], doc jsonb, brut json,
  vu tstzrange, montant numeric(20, 6), tout_en_haut text generated always as (upper(nom)) stored, quand timestamptz, jour date, octets bytea, flottant float8, dure interval);
insert into public.gazelle_clients (nom, humeur, cp, ou, notes, doc, brut, vu, montant, quand, jour, octets, flottant, dure) values
  (E'Tab\there', 'gai', 'H2X', row('a', null), array['x', null, ''], '{"a": 1}', '{"a":1, "a" : 2}', '[2026-01-01,2026-02-01)', 1.5, 'infinity', '-infinity', '\xdeadbeef', 'NaN', '1 day 2 hours'),
  (E'Saut\nde ligne \\ \\. fin', 'l''autre', null, null, '{}', null, null, 'empty', -0.000001, '2026-03-08 02:30:00-05', '2026-03-08', '\x', '-Infinity', '-3 mons'),
  (E'\\.', null, null, row(null, null), null, '[]', '[]', null, null, null, null, null, 0.1, null),
  ('', 'triste', null, null, null, null, null, null, 99999999999999.999999, null, null, null, 1e308, null);
create table public."Table, avec ""guillemets""" (id int generated always as identity (start 100 increment 5) primary key, "Colonne 1" text);
insert into public."Table, avec ""guillemets""" ("Colonne 1") values ('COPY public.faux (a) FROM stdin;'), (E'un\\.deux');
create table public.vide (a int);
create table public.sans_colonnes ();
insert into public.sans_colonnes default values;
create table public.mesures (le date not null, valeur int) partition by range (le);
create table public.mesures_2025 partition of public.mesures for values from ('2025-01-01') to ('2026-01-01');
create table public.mesures_reste partition of public.mesures default;
insert into public.mesures select date '2025-12-01' + n, n from generate_series(1, 60) n;
create table public.mere (a int);
create table public.fille (b int) inherits (public.mere);
insert into public.mere values (1); insert into public.fille values (2, 3);
create unlogged table public.brouillon (a int); insert into public.brouillon values (7);
create table "Étrange ""schéma""".interne (a int, b text collate "C"); insert into "Étrange ""schéma""".interne values (1, 'é');
create table automation.boucle (run_id int primary key, parent int references automation.boucle (run_id) deferrable initially deferred);
insert into automation.boucle values (1, 2), (2, 1);
create view public.gais as select id, nom from public.gazelle_clients where humeur = 'gai';
create materialized view public.compte as select count(*) as n from public.gazelle_clients;
create table public.piege (t text, x int, statut varchar(10) check (statut in ('a', 'b')));
create index par_statut on public.piege (x) where statut in ('a', 'b');
insert into public.piege values ('un', 1, 'a');
create materialized view public.jamais_remplie as select 1 as un with no data;
create materialized view public.perimee as select count(*) as n from public.piege;
insert into public.piege values ('deux', 2, 'b');
create sequence public.invoice_number_seq start 5000; select nextval('public.invoice_number_seq'), nextval('public.invoice_number_seq');
create sequence public.intouchee;
create function public.nommer(a text) returns text language plpgsql as $f$
begin
  -- COPY public.piege (a) FROM stdin;
  return a || E'\\.';
end $f$;
create function public.garde() returns trigger language plpgsql as $f$ begin return new; end $f$;
create trigger garde before update on public.gazelle_clients for each row execute function public.garde();
create index par_nom on public.gazelle_clients (lower(nom)) where humeur is not null;
create role zoo_lecteur nologin; create role zoo_authentifie nologin; create role "Zoo Rôle" nologin;
alter table public.gazelle_clients enable row level security; alter table public.gazelle_clients force row level security;
create policy lire on public.gazelle_clients for select to zoo_authentifie using (nom <> 'caché');
grant select on public.gazelle_clients to zoo_lecteur; grant usage on schema automation to "Zoo Rôle";
alter default privileges in schema automation grant select on tables to zoo_lecteur;
comment on table public.gazelle_clients is 'Clients; « accents » et ''apostrophes''';
select lo_from_bytea(0, '\x0102030405'), lo_from_bytea(0, '');
