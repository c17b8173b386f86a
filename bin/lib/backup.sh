# Where the scripts of docker/backup run. Needs common.sh, product.sh and deployed.sh.
#
#   native   PostgreSQL comes from bin/services: as its user, with its programs
#   compose  in the container "backup"
#   own      a database given by DATABASE_URL: with the programs of this machine, without WAL
# shellcheck shell=bash

choose_where() {
  read_settings "$ROOT/.env"
  translate_database_url
  WHERE=${BACKUPS_IN:-}
  [ -n "$WHERE" ] || [ -z "${DATABASE_URL:-}" ] || WHERE=own
  [ -n "$WHERE" ] || ! deployed_here || WHERE=compose
  [ -n "$WHERE" ] || ! "$ROOT/bin/services" env > /dev/null 2>&1 || WHERE=native
  [ -n "$WHERE" ] || ! docker compose version > /dev/null 2>&1 || WHERE=compose
  case $WHERE in
    native) settings_native ;;
    own) settings_own ;;
    compose) SCRIPTS=/scripts ;;
    '') die "there is no database yet: start the product first (bin/run or docker compose up)" ;;
    *) die "BACKUPS_IN is native, compose or own, not $WHERE" ;;
  esac
  facts_of_the_application
}

facts_of_the_application() {
  local running
  APP_VERSION=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$ROOT/pom.xml" | head -n 1)
  APP_COMMIT=$(git -C "$ROOT" rev-parse --short HEAD 2> /dev/null || echo unknown)
  SCHEMA_KNOWN=$(find "$ROOT/src/main/resources/db/migration" -name 'V*__*.sql' -printf '%f\n' | sed 's/^V0*\([0-9]*\)__.*/\1/' | sort -n | tail -n 1)
  KEYS_CHANGED=$(stat -c %Y "$ROOT/.env" "$RUN/secrets.env" 2> /dev/null | sort -n | tail -n 1 || true)
  # The data is of the release that runs, which a "git pull" does not change.
  running=$RUN/usr/servers/tasktracker/apps/task-tracker.war/WEB-INF/classes/build.properties
  [ ! -f "$running" ] || APP_COMMIT=$(sed -n 's/^commit=//p' "$running")
  export APP_VERSION APP_COMMIT SCHEMA_KNOWN KEYS_CHANGED
}

settings_native() {
  eval "$("$ROOT/bin/services" place)"
  set -a; eval "$("$ROOT/bin/services" env | grep '^PG')"; set +a
  BACKUP_DIR=${BACKUP_DIR:-$BACKUP_HOME} SCRIPTS=$STATE/backup-scripts
  case $BACKUP_DIR in /*) ;; *) BACKUP_DIR=$ROOT/$BACKUP_DIR ;; esac
  [ -d "$BACKUP_DIR" ] || { mkdir -p "$BACKUP_DIR"; chown --reference="$PGDATA" "$BACKUP_DIR"; chmod 700 "$BACKUP_DIR"; }
  PATH=$PGBIN:$PATH RESTORE_WAL=$SCRIPTS/restore-wal
  export BACKUP_DIR WAL_DIR PATH PGDATA RESTORE_WAL
}

settings_own() {
  [[ ${DATABASE_URL:-} =~ ^jdbc:postgresql://([^:/]+)(:([0-9]+))?/([^?]+) ]] || die "DATABASE_URL should look like jdbc:postgresql://host:5432/name"
  export PGHOST=${BASH_REMATCH[1]} PGPORT=${BASH_REMATCH[3]:-5432} PGDATABASE=${BASH_REMATCH[4]}
  export PGUSER=${DATABASE_ADMIN_USER:-${DATABASE_USER:-}} PGPASSWORD=${DATABASE_ADMIN_PASSWORD:-${DATABASE_PASSWORD:-}}
  export BACKUP_DIR=${BACKUP_DIR:-$ROOT/.run/backups}
  SCRIPTS=$ROOT/docker/backup
  # The machine's own programs may be older than the database; those of bin/services are of a known version.
  if [ "$(pg_dump --version 2> /dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')" != 17 ]; then
    "$ROOT/bin/services" fetch
    eval "$("$ROOT/bin/services" place)"; unset WAL_DIR; PATH=$PGBIN:$PATH; export PATH
  fi
}

compose_run() { (cd "$ROOT" && docker compose "$@"); }

# Runs one of the scripts where its database is.
inner() { # script, arguments
  local script=$1; shift
  case $WHERE in
    native) "$ROOT/bin/services" as "$SCRIPTS/$script" "$@" ;;
    own) "$SCRIPTS/$script" "$@" ;;
    compose) compose_run exec -T -e APP_VERSION -e APP_COMMIT -e SCHEMA_KNOWN -e KEYS_CHANGED backup "/scripts/$script" "$@" ;;
  esac
}
no_wal_of_ours() { [ "$WHERE" = own ]; }
