# Steps that bin/upgrade and bin/rollback share. Needs common.sh, product.sh and release.sh.

HOOKS=${HOOKS_DIR:-$RUN/hooks}

# Everything said from now on also goes to one file, with the time; and nobody else upgrades meanwhile.
log_to_file() {
  mkdir -p "$RUN"
  exec 7> "$RUN/upgrade.lock"
  flock -n 7 || die "another upgrade or rollback is at work here"
  exec > >(while IFS= read -r line; do printf '%s\n' "$line"; printf '%(%FT%T%z)T %s\n' -1 "$line" >> "$RUN/upgrades.log"; done 7>&-) 2>&1
  LOGGER=$!
  # The writer must have written all before we are gone.
  trap 'rc=$?; exec >&- 2>&-; wait $LOGGER 2>/dev/null || true; exit $rc' EXIT
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
  step "backing up" "$ROOT/bin/backup" dump
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
  if [ -n "${COMPOSE:-}" ]; then docker compose version >/dev/null 2>&1 || { note "docker compose does not answer"; wrong=yes; }; fi
  [ -z "$wrong" ] || die "nothing was changed"
  note "free: $free MB of disk, $memory MB of memory"
}

# Fails if the other release does not become ready.
exchange() { # id
  note "exchanging the server for $1"
  stop_server
  point_to "$1"
  DETACH=yes start_server 7>&-
  if (await_ready 180); then note "ready at $URL"; return; fi
  cp "$RUN/server.log" "$RUN/server.log.failed"
  return 1
}

stop_nodes() { (cd "$ROOT" && docker compose --profile scale stop app node worker); }
start_nodes() { (cd "$ROOT" && docker compose up -d --wait --no-build --no-deps --force-recreate app); }
ask_proxy() { (cd "$ROOT" && docker compose exec -T nginx wget -q -O - -T 5 http://127.0.0.1/api/health); }
