# What the scripts of this folder share. They run where PostgreSQL's programs are: in the container "backup", or
# started by bin/backup. They read PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, BACKUP_DIR and WAL_DIR.
# shellcheck shell=bash
set -euo pipefail
umask 077
export LC_ALL=C.UTF-8
: "${BACKUP_DIR:?}" "${PGDATABASE:?}"
HERE=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
SCHEMA_TABLE=flyway_schema_history
# How rows are written as text must not depend on the server's settings, for their hashes to compare.
export PGOPTIONS="-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 -c bytea_output=hex -c client_min_messages=warning -c statement_timeout=0"
export PGAPPNAME=task-tracker-backup PGCONNECT_TIMEOUT=10

note() { echo "$(date -u +%H:%M:%S) $*" >&2; }
die() { ERROR=$*; echo "$*" >&2; exit 1; }
stamp() { date -u +%Y%m%dT%H%M%SZ; }
sql() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }
size() { du -sb "$1" | cut -f1; }

# One at a time: a dump that is pruned while a drill restores it would be a false alarm.
alone() {
  mkdir -p "$BACKUP_DIR/dump" "$BACKUP_DIR/base"
  exec 9> "$BACKUP_DIR/.lock"
  flock -w "${BACKUP_WAIT_SECONDS:-3600}" 9 || die "another backup or restore is still at work in $BACKUP_DIR"
}

free_space() { # bytes, directory
  local free; free=$(df -PB1 "$2" | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$1" ] || die "not enough space in $2: $(($1 >> 20)) MB needed, $((free >> 20)) MB free. Nothing was changed;" \
    "make room there, or keep fewer backups (KEEP_DAILY, KEEP_WEEKLY, KEEP_BASE_DAYS) and run bin/backup prune."
}
# What a base backup takes when it is unpacked, in whole blocks, and what replaying needs beside it.
unpacked_bytes() { # place
  local archive
  for archive in base pg_wal; do tar -tzvf "$1/$archive.tar.gz"; done |
    awk -v wal=$((256 << 20)) '{bytes += int(($3 + 4095) / 4096) * 4096} END {printf "%.0f\n", bytes + wal}'
}
unpack_base() { # place, an empty folder
  tar -xzf "$1/base.tar.gz" -C "$2" && mkdir -p "$2/pg_wal" && tar -xzf "$1/pg_wal.tar.gz" -C "$2/pg_wal"
}
database_bytes() { sql -c 'select pg_database_size(current_database())'; }

# --- whose data it is -------------------------------------------------------------------------------------------------

# In a container of its own nobody says which release the data is of. The application does (APPLICATION is its host and
# port), and its last word is kept for when it is stopped, as for a restore.
ask_release() {
  local told word=$BACKUP_DIR/release
  [ -n "${APPLICATION:-}" ] || return 0
  # shellcheck disable=SC2016
  told=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/${1%:*}/${1##*:}" || exit
    printf "GET /api/health HTTP/1.0\r\nHost: %s\r\n\r\n" "$1" >&3; cat <&3' _ "$APPLICATION" 2> /dev/null) || true
  told=$(sed -n 's/.*"build":{\([^}]*\)}.*/\1/p' <<< "$told")
  if [ -n "$told" ]; then
    { echo "version=$(told version <<< "$told")"; echo "commit=$(told commit <<< "$told")"; } > "$word.part" && mv "$word.part" "$word"
  fi
  [ -f "$word" ] || return 0
  APP_VERSION=$(sed -n 's/^version=//p' "$word") APP_COMMIT=$(sed -n 's/^commit=//p' "$word")
}
told() { sed -n "s/.*\"$1\":\"\([0-9A-Za-z._+-]*\)\".*/\1/p"; } # name

# --- the record of runs -----------------------------------------------------------------------------------------------

RUN='' KIND='' ERROR=''
recorded() { [ "$(sql -c "select to_regclass('backup_run') is not null")" = t ]; }

# Whoever runs holds the lock, so nobody else does: a row that says otherwise was left by one that was killed.
started() { # kind
  KIND=$1
  recorded || { note "no table backup_run in $PGDATABASE: this run is not recorded"; return 0; }
  sql -c "update backup_run set state = 'failed', finished_at = clock_timestamp(),
    details = details || '{\"error\": \"it ended without saying how\"}' where state = 'running'"
  RUN=$(sql -v kind="$KIND" <<< "insert into backup_run (kind, state) values (:'kind', 'running') returning id")
}

finished() { # ok|failed, bytes, place, details as JSON
  [ -n "$RUN" ] || return 0
  sql -v id="$RUN" -v state="$1" -v bytes="$2" -v place="$3" -v details="$4" <<'SQL'
update backup_run set state = :'state', finished_at = clock_timestamp(), bytes = nullif(:'bytes', '')::bigint,
  place = nullif(:'place', ''), details = :'details'::jsonb where id = :'id'
SQL
  RUN=''
}

# Called by the trap of every script: cleans up, and says in the record too what went wrong.
ended() { # exit code, cleaning command...
  local code=$1; shift
  [ $# = 0 ] || "$@" || note "could not clean up: $*"
  if [ "$code" != 0 ]; then
    [ -n "$ERROR" ] || ERROR="${KIND:-it} failed with code $code; its log says where"
    echo "FAILED: $ERROR" >&2
    if [ -n "$RUN" ]; then finished failed '' "${PLACE:-}" "$(json_error "$ERROR")" || note "could not record the failure"; fi
  fi
  exit "$code"
}
json_error() { sql -v error="$1" <<< "select jsonb_build_object('error', :'error'::text)"; }

# --- what is in a database --------------------------------------------------------------------------------------------

# Prints SQL that lists every table with its number of rows and a hash of them that does not depend on their order.
fingerprint_sql() {
  cat <<'SQL'
select format('select %L, count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from only %I.%I t;',
  n.nspname || '.' || c.relname, n.nspname, c.relname)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C" \gexec
SQL
}

facts_sql() {
  cat <<SQL
select 'schema_version=' || coalesce(max(version::numeric), 0) from $SCHEMA_TABLE where success and version is not null;
SQL
  cat <<'SQL'
select 'postgres_version=' || current_setting('server_version_num');
select 'extension_' || extname || '=' || extversion from pg_extension where extname <> 'plpgsql' order by 1;
SQL
}

# Every table of ours, one a line.
our_tables() {
  sql -c "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.oid"
}

# Prints SQL that gives the present moment a name in the WAL and lists every table as it is then. Writers stand still for
# that blink only: their tables are locked while the name is written and the snapshot taken, and free again after it.
# Who waits gives up before PostgreSQL looks for deadlocks (1 s), so that no writer is ever the one that is ended.
moment_sql() { # name, tables in the order of locking on stdin
  local table
  echo "begin isolation level repeatable read; savepoint blink; set local lock_timeout = '400ms';"
  while IFS= read -r table; do printf '\\warn %s\nlock table %s in share mode;\n' "$table" "$table"; done
  cat <<SQL
select pg_create_restore_point('$1') \gset moment_
rollback to savepoint blink;
SQL
  fingerprint_sql
}

# Lists all tables as they are at a moment that gets this name. A table that somebody wrote to while we held another one
# of his is locked earlier the next time: after some tries our order is that of the writers, and nobody waits in a circle.
name_moment() { # name, file for the list
  local order held
  order=$(our_tables)
  for _ in $(seq 120); do
    if moment_sql "$1" <<< "$order" | sql -v VERBOSITY=verbose > "$2" 2> "$2.held"; then rm -f "$2.held"; return; fi
    held=$(grep -Fx -f <(echo "$order") "$2.held" | tail -n 1)
    grep -q '55P03' "$2.held" && [ -n "$held" ] || { cat "$2.held" >&2; return 1; }
    order=$(echo "$held"; grep -Fxv "$held" <<< "$order")
    sleep "0.$((RANDOM % 5))"
  done
  die "the tables were never free for a moment: somebody writes to $held without end (Queries that run long on /system)"
}

fact() { sed -n "s/^$2=//p" "$1/manifest"; }

# Is what lies there what was written? Says what is wrong.
intact() { # directory
  [ -f "$1/SHA256SUMS" ] && [ -f "$1/manifest" ] || { ERROR="$1 is no complete backup: its manifest is missing"; return 1; }
  (cd "$1" && sha256sum --quiet -c SHA256SUMS >&2) || { ERROR="$1 is damaged: what is on the disk is not what was written. Use another backup (bin/backup list)"; return 1; }
}

all() { find "$BACKUP_DIR/$1" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*Z' | sort; }
newest() { all "$1" | tail -n 1; }

chosen() { # dump|base, name or nothing
  local place=$BACKUP_DIR/$1/${2:-}
  [ -n "${2:-}" ] || place=$(newest "$1")
  [ -n "$place" ] && [ -d "$place" ] || die "there is no $1 ${2:-yet} in $BACKUP_DIR; bin/backup list shows what there is"
  echo "$place"
}

# Restores a dump into an empty database and compares every table with the manifest.
restore_into() { # place, database
  local options=$PGOPTIONS
  note "restoring ${1##*/} ($(($(size "$1") >> 20)) MB) into $2"
  # Indexes of vectors are built anew: with the usual memory that takes minutes.
  PGOPTIONS="$options -c maintenance_work_mem=${RESTORE_MEMORY:-256MB} -c max_parallel_maintenance_workers=0" \
    pg_restore -d "$2" -j 2 --no-owner --no-privileges --exit-on-error "$1/database.dump" >&2 ||
    die "the dump ${1##*/} could not be restored"
  note "comparing with the manifest"
  fingerprint_sql | sql -d "$2" > "$SCRATCH"
  compare "$1" dump
}

compare() { # place, dump or base
  cmp -s "$SCRATCH" "$1/tables" || {
    diff "$1/tables" "$SCRATCH" >&2 || true
    die "what came back from the $2 ${1##*/} differs from what went into it: $(diff "$1/tables" "$SCRATCH" | grep -c '^[<>]') lines (above)"
  }
}

tables_json() { # file of tables
  sql -v content="$(cat "$1")" <<'SQL'
select jsonb_build_object('counts', jsonb_object_agg(split_part(l, '|', 1), split_part(l, '|', 2)::bigint),
  'hash', md5(:'content')) from regexp_split_to_table(:'content', '\n') l where l <> ''
SQL
}
versions_json() { # place
  sql -v content="$(grep -E '^(app|schema|postgres|extension)_' "$1/manifest")" <<'SQL'
select jsonb_build_object('versions', jsonb_object_agg(split_part(l, '=', 1), split_part(l, '=', 2)))
from regexp_split_to_table(:'content', '\n') l where l <> ''
SQL
}
merged() { sql -v a="$1" -v b="$2" <<< "select :'a'::jsonb || :'b'::jsonb"; }

warn_about_keys() {
  if [ ! -f "$BACKUP_DIR/keys-copied" ]; then
    note "WARNING: no copy of the keys was ever made. They are NOT in this backup; make one: bin/backup keys DIRECTORY"
  elif [ -n "${KEYS_CHANGED:-}" ] && [ "$KEYS_CHANGED" -gt "$(stat -c %Y "$BACKUP_DIR/keys-copied")" ]; then
    note "WARNING: the keys changed since they were last copied; do it again: bin/backup keys DIRECTORY"
  fi
}

# Another release made it: told, not refused, where the schema is one that is known here.
warn_about_release() { # place
  local made; made=$(fact "$1" app_commit)
  ask_release
  [ "${made:-unknown}" != unknown ] && [ "${APP_COMMIT:-unknown}" != unknown ] || return 0
  [[ $made == "$APP_COMMIT"* || $APP_COMMIT == "$made"* ]] ||
    note "WARNING: ${1##*/} was made by release $(fact "$1" app_version) ($made), here is ${APP_VERSION:-unknown} ($APP_COMMIT): at its next start it applies the migrations that are missing"
}

# A restore asks for what it can serve, and says so before it touches anything.
fits() { # place
  local have want name
  have=$(sql -d postgres -c 'show server_version_num') want=$(fact "$1" postgres_version)
  [ $((want / 10000)) -le $((have / 10000)) ] || die "this backup is of PostgreSQL $((want / 10000)), here runs $((have / 10000)): start the newer one, then restore"
  want=$(fact "$1" schema_version)
  [ -z "${SCHEMA_KNOWN:-}" ] || [ "$want" -le "$SCHEMA_KNOWN" ] ||
    die "this backup has schema version $want (application $(fact "$1" app_version)), this application knows $SCHEMA_KNOWN: install that version first, then restore"
  while IFS='=' read -r name want; do
    name=${name#extension_}
    have=$(sql -d postgres -v name="$name" <<< "select default_version from pg_available_extensions where name = :'name'")
    [ -n "$have" ] || die "this backup needs the extension $name $want, which this PostgreSQL does not have: install it, then restore"
    [ "$(printf '%s\n' "$want" "$have" | sort -V | head -n 1)" = "$want" ] ||
      die "this backup needs $name $want, this PostgreSQL has only $have: install the newer one, then restore"
  done < <(grep '^extension_' "$1/manifest")
}
