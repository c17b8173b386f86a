-- Makes the roles of the database and gives each what is its own; may be run again at any time, and is after each start
-- of a native PostgreSQL and before each start of the deployed stack. Run by the superuser (PGUSER) in the product's
-- database. The passwords come from the environment: an argument could be read in the list of processes.
--
--   OWNER_USER     owns the database and its tables, and migrates; in installations of before it is the superuser itself
--   RUNTIME_USER   is what the server works with; its rights to tables are given by the release (platform.data.Grants)
\set ON_ERROR_STOP on
\getenv owner OWNER_USER
\getenv owner_password OWNER_PASSWORD
\getenv runtime RUNTIME_USER
\getenv runtime_password RUNTIME_PASSWORD
-- Statements with passwords in them are kept nowhere.
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';
set pg_stat_statements.track = 'none';
set client_min_messages = warning;

begin;
select pg_advisory_xact_lock(hashtext('task-tracker roles')) \g /dev/null
select 'do $$ begin raise exception ''The role of the server must be another than the owner and the superuser''; end $$'
 where :'runtime' in (:'owner', current_user) \gexec
select format('create role %I login', name) from unnest(array[:'owner', :'runtime']) as wanted(name)
 where not exists (select from pg_roles where rolname = name) \gexec
select format('alter role %I login password %L', :'owner', :'owner_password') where :'owner' <> current_user \gexec
select format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L', :'runtime', :'runtime_password') \gexec
-- What /system tells: sessions and statements of all roles.
select format('grant pg_read_all_stats to %I', :'runtime') \gexec
select format('revoke %I from %I', of.rolname, :'runtime') from pg_auth_members m join pg_roles of on of.oid = m.roleid
 where m.member = to_regrole(quote_ident(:'runtime')) and of.rolname <> 'pg_read_all_stats' \gexec

select format('alter database %I owner to %I', current_database(), :'owner') from pg_database
 where datname = current_database() and pg_get_userbyid(datdba) <> :'owner' \gexec
-- Only a superuser may make them all. The first two are those of the migrations, the third is for /system.
create extension if not exists vector;
create extension if not exists pg_trgm;
create extension if not exists pg_stat_statements;

-- Tables and functions that somebody else has made, such as a restore.
create temporary table own on commit drop as
  select d.classid, d.objid from pg_depend d where d.deptype in ('e', 'i', 'a') and d.refclassid in ('pg_extension'::regclass, 'pg_class'::regclass);
select format('alter schema public owner to %I', :'owner') from pg_namespace
 where nspname = 'public' and pg_get_userbyid(nspowner) not in (:'owner', 'pg_database_owner') \gexec
select format('alter %s public.%I owner to %I', case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, relname, :'owner')
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S') and pg_get_userbyid(relowner) <> :'owner'
   and not exists (select from own where classid = 'pg_class'::regclass and objid = pg_class.oid) \gexec
select format('alter routine %s owner to %I', oid::regprocedure, :'owner')
  from pg_proc where pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) <> :'owner'
   and not exists (select from own where classid = 'pg_proc'::regclass and objid = pg_proc.oid) \gexec
select format('alter type %s owner to %I', oid::regtype, :'owner')
  from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') and pg_get_userbyid(typowner) <> :'owner'
   and not exists (select from own where classid = 'pg_type'::regclass and objid = pg_type.oid) \gexec
commit;
