# Steps that bin/upgrade and bin/rollback share. Needs common.sh, product.sh, release.sh and deployed.sh.
# shellcheck shell=bash

HOOKS=${HOOKS_DIR:-$RUN/hooks}

# Everything said from now on also goes to one file, with the time; and nobody else upgrades meanwhile.
log_to_file() {
  mkdir -p "$RUN"
  (umask 077; : >> "$RUN/upgrades.log")
  chmod 600 "$RUN/upgrades.log"
  (umask 077; : >> "$RUN/upgrade.lock")
  exec 7> "$RUN/upgrade.lock"
  # Those who look whether it is taken hold it for a moment.
  flock -w 3 7 || die "another upgrade or rollback is at work here"
  exec > >(keep_lines 7>&-) 2>&1
  LOGGER=$!
  # The writer must have written all before we are gone.
  # shellcheck disable=SC2154 # The trap itself sets rc.
  trap 'rc=$?; exec >&- 2>&-; wait $LOGGER 2>/dev/null || true; exit $rc' EXIT
}

# Maven sends orders for colours even when told not to; a log is for reading.
keep_lines() {
  local line
  while IFS= read -r line; do
    line=${line//$'\e[0m'/}
    printf '%s\n' "$line"
    printf '%(%FT%T%z)T %s\n' -1 "$line" >> "$RUN/upgrades.log"
  done
}

step() { # words, command...
  local words=$1 started=$SECONDS; shift
  note "$words"
  "$@" 7>&- || die "failed: $words"
  note "done in $((SECONDS - started)) s: $words"
}

hook() { # name, old, new
  [ -x "$HOOKS/$1" ] || return 0
  step "hook $1" "$HOOKS/$1" "$2" "$3"
}

back_up() {
  if [ -z "$BACKUP" ]; then note "no backup, as asked"; return; fi
  [ -x "$ROOT/bin/backup" ] || die "there is no bin/backup here: make a dump yourself, then --no-backup"
  # What bring_services found out is not a setting: it would make a backup of our own database one of a strange one.
  local forget=()
  [ -n "${GIVEN_DATABASE:-}" ] || forget=(-u DATABASE_URL -u DATABASE_USER -u DATABASE_PASSWORD -u DATABASE_RUNTIME_USER -u DATABASE_RUNTIME_PASSWORD)
  [ -z "${COMPOSE:-}" ] || own_database || forget+=("BACKUPS_IN=${BACKUPS_IN:-compose}")
  step "backing up" env "${forget[@]}" "$ROOT/bin/backup" dump
}

# Looks, and changes nothing.
preflight() {
  local wrong='' free memory key
  find_jdk >/dev/null
  free=$(df -Pk "$RUN" | awk 'NR == 2 {print int($4 / 1024)}')
  memory=$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
  [ "$free" -ge "${UPGRADE_DISK_MB:-1500}" ] || { note "too little disk: $free MB free under $RUN, ${UPGRADE_DISK_MB:-1500} needed"; wrong=yes; }
  [ "$memory" -ge "${UPGRADE_MEMORY_MB:-900}" ] || { note "too little memory: $memory MB free, ${UPGRADE_MEMORY_MB:-900} needed"; wrong=yes; }
  for key in $(unknown_settings); do note "unknown setting $key in .env: see .env.example"; wrong=yes; done
  # What the release before still took, and this one does not start with.
  (memory_settings) || wrong=yes
  [ -n "${COMPOSE:-}" ] || open_to_others || ! listens_at_all_addresses ||
    note "other machines reach the server now and will not: it will listen at $HTTP_HOST; HTTP_HOST=* in .env keeps it open (docs/releases.md)"
  if [ -n "${COMPOSE:-}" ]; then
    docker compose version >/dev/null 2>&1 || { note "docker compose does not answer"; wrong=yes; }
    [ -z "${DATABASE_URL:-}" ] || own_database ||
      note "the stack has a database of its own and does not use DATABASE_URL of .env (docs/deploy.md#a-database-of-your-own)"
  fi
  [ -z "$wrong" ] || die "nothing was changed"
  note "free: $free MB of disk, $memory MB of memory"
}

# As releases before HTTP_HOST had a default of its own did.
listens_at_all_addresses() {
  local port
  printf -v port %04X "$HTTP_PORT"
  grep -qE "^ *[0-9]+: 0+:$port [0-9A-F:]+ 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# Fails if the other release does not become ready.
exchange() { # id
  local started=$SECONDS
  note "exchanging the server for $1"
  stop_server
  authorize_broker
  point_to "$1"
  DETACH=yes start_server 7>&-
  if (await_ready 180); then note "ready at $URL, $((SECONDS - started)) s after the old server was told to stop"; return; fi
  cp "$RUN/server.log" "$RUN/server.log.failed"
  return 1
}

# A broker that an earlier release has started lets everybody in, and that release's server comes without a password: so
# not before it has stopped. What is started next has the password, also an earlier release that is returned to.
authorize_broker() { [ -n "${GIVEN_NATS:-}" ] || "$ROOT/bin/services" up nats > /dev/null 7>&-; }

# The new one does not become ready: the old one serves again, and what was "the release before" stays that.
return_to() { # id, what was the release before
  note "it does not become ready: returning to $1"
  exchange "$1" || die "$1 does not become ready either; its log: $RUN/server.log"
  if [ -n "$2" ]; then echo "$2" > "$RUN/previous"; else rm -f "$RUN/previous"; fi
  keep_in_use
  die "$1 is in use again; why the other failed: $RUN/server.log.failed"
}

# bin/run starts what is in use, until files change here.
keep_in_use() { fingerprint > "$RUN/built"; }

# Whether all that runs, and something does, is of this image.
everywhere() { # image id
  local of
  of=$(containers app node worker | xargs -r docker inspect -f '{{.Image}}' | sort -u)
  [ "$of" = "$1" ]
}

# What nodes need to be let in, added to .env where it is missing; compose.yml is not read without it.
make_secrets() { step "looking for secrets in .env" "$ROOT/bin/setup-env" "$ROOT/.env"; }
# Before a node needs them; an earlier release goes on as the owner. Those of a database of your own are its keeper's.
make_roles() { own_database || step "making the roles of the database" dc run --rm -T --no-deps roles; }

# After the nodes: those of an earlier release come to the broker without a password.
renew_services() {
  step "renewing the broker" renew nats docker/nats docker/refuse-placeholders
  step "renewing the backups" renew backup docker/backup
  step "renewing the proxy" renew_proxy
  step "renewing Prometheus and Grafana, where they run" renew_observers
}

# Makes the container of a service that runs anew, where compose.yml or a file that it reads at its start only has changed.
renew() { # service, its files...
  local service=$1 id; shift
  id=$(containers "$service")
  [ -n "$id" ] || return 0
  if is_configured_so "$id" "$service" && ! changed_since "$(docker inspect -f '{{.State.StartedAt}}' "$id")" "$@"; then return; fi
  dc up -d --wait --no-deps --force-recreate "$service"
}
changed_since() { # moment, files...
  local moment=$1; shift
  [ -n "$(cd "$ROOT" && find "$@" -type f -newermt "$moment")" ]
}

# Asked for itself: after "up --no-deps" Compose takes a container for another one, since what it depends on is left out.
is_configured_so() { # container, service
  local hash; hash=$(docker inspect -f '{{index .Config.Labels "com.docker.compose.config-hash"}}' "$1")
  [ "$hash" = "$(config_hash "$2" '{}')" ] || [ "$hash" = "$(config_hash "$2" "services: { $2: { depends_on: !reset null } }")" ]
}
config_hash() { # service, more of compose.yml
  local files=() file
  for file in $(compose_files | tr : ' '); do files+=(-f "$file"); done
  (cd "$ROOT" && docker compose --profile '*' "${files[@]}" -f - config --hash "$1" <<< "$2") | cut -d' ' -f2
}

# It serves on while it reads a changed template.
renew_proxy() {
  renew nginx nginx/nodes nginx/50-watch-nodes.sh &&
    (cd "$ROOT" && docker compose exec -T nginx sh -ec '/docker-entrypoint.d/20-envsubst-on-templates.sh; nginx -t -q; nginx -s reload')
}
renew_observers() {
  renew prometheus docker/observability/prometheus.yml docker/observability/rules &&
    renew grafana docker/observability/grafana
}

stop_nodes() {
  # Also those that an upgrade that was broken off has stopped.
  NODES=$(all_containers --filter label=com.docker.compose.service=node | wc -l)
  WORKERS=$(all_containers --filter label=com.docker.compose.service=worker | wc -l)
  dc stop app node worker
}
start_nodes() {
  dc up -d --wait --no-build --no-deps --force-recreate --scale "node=$NODES" --scale "worker=$WORKERS" app node worker
}

# Once all has been stopped for it, a migration that fails must not leave nobody there.
migrate_or_return() { # whether the old release still serves, how it is started again
  local started=$SECONDS
  note "migrating"
  if migrations apply 7>&-; then note "done in $((SECONDS - started)) s: migrating"; return; fi
  [ "$1" = 0 ] || { note "starting the release before again"; "$2" || note "it does not start; its log says why"; }
  die "failed: migrating. Mend what is said above and run it again; the schema is as the last migration that worked left it"
}
start_old_server() { DETACH=yes start_server 7>&- && (await_ready 180); }
start_old_nodes() { docker tag "$(previous_image)" "$(image_name)" && start_nodes; }

# Which with HTTPS_ONLY sends plain HTTP to a port of the host that its container does not have.
ask_proxy() {
  local url=http://127.0.0.1
  [ "$(setting HTTPS_ONLY off)" != on ] || url=https://127.0.0.1
  (cd "$ROOT" && docker compose exec -T nginx wget -q -O - -T 5 --no-check-certificate "$url/api/health") && echo
}
