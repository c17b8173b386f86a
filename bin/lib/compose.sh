# The same two services from Docker, for a machine without apt. Needs common.sh; settle and load come from bin/services.
# shellcheck shell=bash

use_compose() {
  [ -n "${SERVICES_COMPOSE:-}" ] || { ! command -v apt-get >/dev/null && docker compose version >/dev/null 2>&1; }
}

compose() {
  # Of the services that are started here none reads the last two, but the file wants them said.
  POSTGRES_PORT=$PGPORT NATS_PORT=$NATSPORT NATS_MONITOR_PORT=$NATSHTTP DATABASE_ADMIN_USER=$PGUSER DATABASE_ADMIN_PASSWORD=$PGPASSWORD \
    DATABASE_USER=$OWNER DATABASE_PASSWORD=$OWNERPASSWORD DATABASE_RUNTIME_USER=$RUNTIME DATABASE_RUNTIME_PASSWORD=$RUNTIMEPASSWORD \
    NATS_PASSWORD=$NATSPASSWORD ADMIN_PASSWORD=${ADMIN_PASSWORD:-unused} TELEGRAM_WEBHOOK_SECRET=${TELEGRAM_WEBHOOK_SECRET:-unused} \
    docker compose -f "$ROOT/compose.yml" "$@"
}

compose_services() { # verb, arguments
  local verb=$1; shift
  mkdir -p "$STATE"; settle
  case $verb in
    up) if [ $# = 0 ]; then set -- postgres nats; fi; compose up -d --wait "$@"
      [[ " $* " != *" postgres "* ]] || compose run --rm -T --no-deps roles ;;
    roles) compose run --rm -T --no-deps roles ;;
    fetch) compose pull --ignore-pull-failures postgres nats ;;
    down) if [ $# = 0 ]; then set -- postgres nats; fi; compose stop "$@" ;;
    status) compose ps postgres nats ;;
    env) env_lines ;;
    logs) compose logs --tail 20 postgres nats ;;
    psql | pg_dump | pg_restore | pgbench) compose exec postgres "$verb" -U "$PGUSER" -d "$PGDATABASE" "$@" ;;
    *) die "$verb is not offered with Docker; see docker compose" ;;
  esac
}
