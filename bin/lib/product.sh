# Settings, secrets, building and starting of the product. Needs common.sh, packages.sh and java.sh.
# shellcheck shell=bash

RUN=${RUN_DIR:-$ROOT/.run}           # what bin/run keeps: the running copy, its log, its secrets
FIRST_ENVIRONMENT=$(compgen -e)      # what was said before .env was read
LIBERTY=$ROOT/target/liberty/wlp
# shellcheck source=docker/app/logging
. "$ROOT/docker/app/logging"
# shellcheck source=docker/app/memory
. "$ROOT/docker/app/memory"
SERVER=$RUN/usr/servers/tasktracker

# Reads KEY=VALUE lines; what the environment already says wins.
read_settings() { # file
  local line key value
  [ -f "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#export }
    [[ $line =~ ^[[:space:]]*([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]%$'\r'}
    [[ $value =~ ^\"(.*)\"[[:space:]]*$ || $value =~ ^\'(.*)\'[[:space:]]*$ ]] && value=${BASH_REMATCH[1]}
    [ -n "${!key+set}" ] || export "$key=$value"
  done < "$1"
}

# Secrets nobody gave are made once and kept for this machine only.
keep_secrets() {
  local file=$RUN/secrets.env key
  mkdir -p "$RUN"
  chmod 700 "$RUN"
  [ -f "$file" ] || (umask 077; : > "$file")
  for key in ADMIN_PASSWORD ADMIN_TOKEN TELEGRAM_WEBHOOK_SECRET; do
    grep -q "^$key=" "$file" || echo "$key=$(secret "$([ $key = ADMIN_PASSWORD ] && echo 8 || echo 24)")" >> "$file"
  done
  # The key of stored secrets; bin/secret-keys rotates it.
  grep -q "^SECRET_KEYS=" "$file" || echo "SECRET_KEYS=$(secret_key)" >> "$file"
  chmod 600 "$file"
  read_settings "$file"
}

# postgres://user:secret@host:5432/name, as hosts write it, becomes what a Java driver reads.
translate_database_url() {
  [[ ${DATABASE_URL:-} =~ ^postgres(ql)?://(([^:@/]*)(:([^@/]*))?@)?(.+)$ ]] || return 0
  DATABASE_USER=${DATABASE_USER:-${BASH_REMATCH[3]}} DATABASE_PASSWORD=${DATABASE_PASSWORD:-${BASH_REMATCH[5]}}
  DATABASE_URL=jdbc:postgresql://${BASH_REMATCH[6]}
  export DATABASE_URL DATABASE_USER DATABASE_PASSWORD
}

# Starts our own services, except those whose address somebody has given.
bring_services() {
  local postgres=${DATABASE_URL:+given} nats=${NATS_URL:+given} line ours=()
  translate_database_url
  [ -z "$postgres" ] || [ -z "$nats" ] || return 0
  [ -z "$postgres" ] || ours=(nats)
  [ -z "$nats" ] || ours=(postgres)
  SERVICES_KEEP_BROKER=${KEEP_BROKER:-} "$ROOT/bin/services" up "${ours[@]}" >/dev/null
  while IFS= read -r line; do
    case $line in
      DATABASE_*) [ -n "$postgres" ] || eval "export $line" ;;
      NATS_*) [ -n "$nats" ] || eval "export $line" ;;
    esac
  done < <("$ROOT/bin/services" env)
}

drop_services() {
  [ -n "${GIVEN_DATABASE:-}" ] || "$ROOT/bin/services" down postgres
  [ -n "${GIVEN_NATS:-}" ] || "$ROOT/bin/services" down nats
}

settings() {
  read_settings "$ROOT/.env"
  GIVEN_DATABASE=${DATABASE_URL:-} GIVEN_NATS=${NATS_URL:-}
  keep_secrets
  http_settings
}

# Natively the server has no proxy of ours in front of it, so that it listens on the loopback address alone by default.
# LOCAL_ADDRESS is where this machine reaches it.
http_settings() {
  export HTTP_HOST=${HTTP_HOST:-127.0.0.1} HTTP_PORT=${HTTP_PORT:-8000}
  case $HTTP_HOST in
    '*' | 0.0.0.0 | :: | localhost | 127.0.0.1) LOCAL_ADDRESS=127.0.0.1 URL=http://localhost:$HTTP_PORT ;;
    *:*) LOCAL_ADDRESS=$HTTP_HOST URL=http://[$HTTP_HOST]:$HTTP_PORT ;;
    *) LOCAL_ADDRESS=$HTTP_HOST URL=http://$HTTP_HOST:$HTTP_PORT ;;
  esac
}

# The port of a node of the deployed stack is published there, whatever HTTP_HOST says.
stack_http_settings() { HTTP_HOST=127.0.0.1; http_settings; }

# Whether other machines reach the server without a proxy.
open_to_others() { [[ $HTTP_HOST != localhost && $HTTP_HOST != 127.* && $HTTP_HOST != ::1 ]]; }

# Changes when anything the running product is made of changes.
fingerprint() {
  (cd "$ROOT" && find pom.xml src/main -type f -printf '%p %s %T@\n' | sort | cksum)
}

# Builds the server's running copy under .run, unless it is the same already. Needs no network once it was done.
build() {
  local now; now=$(fingerprint)
  if [ -x "$LIBERTY/bin/server" ] && [ "$(cat "$RUN/built" 2>/dev/null)" = "$now" ]; then return; fi
  note "building (the first time gets the libraries: a few minutes)"
  forget_classes
  "$ROOT/mvnw" -q -B -DskipTests process-classes war:exploded liberty:create
  point_to "$(keep_release "$ROOT/target/task-tracker")"
  forget_old_releases
  echo "$now" > "$RUN/built"
}

# A copy, so that building and testing never change the product while it runs.
install_server() { # user directory of the server, unpacked application
  local server=$1/servers/tasktracker
  rm -rf "$server"
  mkdir -p "$server/apps"
  cp -a "$LIBERTY/usr/servers/tasktracker/." "$server"
  rm -rf "$server/apps" "$server/logs" "$server/workarea"; mkdir -p "$server/apps"
  cp -a "$2" "$server/apps/task-tracker.war"
}

kept_pid() { local pid=''; read -r pid 2>/dev/null < "$RUN/pid" && echo "$pid"; }

product_pid() {
  local pid; pid=$(kept_pid) || return 1
  command_of "$pid" && [[ $COMMAND == *ws-server.jar* || $COMMAND == */app/serve* || $COMMAND == */lib/launch* ]] && echo "$pid"
}

ready() {
  local answer; answer=$(httpget "$HTTP_PORT" /health/ready "$LOCAL_ADDRESS") || return 1
  [[ ${answer%%$'\n'*} == *' 200 '* ]]
}

# Starts no program: who looks five times a second would slow down the start that he waits for.
listening() { (: < "/dev/tcp/$LOCAL_ADDRESS/$HTTP_PORT") 2>/dev/null; }

# Liberty's own console, only when asked for, and never with a password that somebody could guess.
offer_admin_center() {
  local extra=$SERVER/extra
  rm -f "$extra/admin-center.xml"
  [ "${ADMIN_CENTER:-false}" = true ] || return 0
  ADMIN_CENTER_PASSWORD=${ADMIN_CENTER_PASSWORD:-}
  [ "${#ADMIN_CENTER_PASSWORD}" -ge 12 ] || die "ADMIN_CENTER=true needs ADMIN_CENTER_PASSWORD, at least 12 characters"
  mkdir -p "$extra"
  cp "$SERVER/on-request/admin-center.xml" "$extra/"
  lend_key_password
}

# Of the console's certificate and session keys, which outlive a change of the administrator's password; Liberty reads it.
lend_key_password() {
  local file=$RUN/keystore-password
  [ -s "$file" ] || (umask 077; secret 24 > "$file")
  keystore_password=$(cat "$file")
  export keystore_password
}

# Where bin/backup keeps what it makes: the server tells how much room is left there.
tell_backup_place() {
  case ${BACKUP_DIR:-} in
    /*) ;;
    ?*) BACKUP_DIR=$ROOT/$BACKUP_DIR ;;
    *) if [ -n "${GIVEN_DATABASE:-}" ]; then BACKUP_DIR=$ROOT/.run/backups; else eval "$("$ROOT/bin/services" place 2>/dev/null | sed -n 's/^BACKUP_HOME=/BACKUP_DIR=/p')"; fi ;;
  esac
  export BACKUP_DIR
}

# What supervises the server, if it does. Shared, so that looking never keeps a supervisor from starting.
supervisor_pid() {
  local pid=''
  [ -e "$RUN/supervisor.lock" ] && ! flock -sn "$RUN/supervisor.lock" true || return 1
  read -r pid 2>/dev/null < "$RUN/supervisor.pid" && echo "$pid"
}

# Whether an upgrade or a rollback exchanges the server at this moment.
upgrading() { [ -e "$RUN/upgrade.lock" ] && ! flock -sn "$RUN/upgrade.lock" true; }

# Names that .env and what we found out have added to the environment. The supervisor must not inherit them: it would
# start servers with what .env said long ago.
added_names() {
  local name
  for name in $(compgen -e); do
    case $'\n'$FIRST_ENVIRONMENT$'\n' in *$'\n'"$name"$'\n'*) ;; *) printf -- '-u\n%s\n' "$name" ;; esac
  done
}

start_supervisor() {
  local forget=()
  mapfile -t forget < <(added_names)
  if [ -n "${DETACH:-}" ]; then
    env "${forget[@]}" setsid "$ROOT/bin/lib/supervise" > /dev/null 2>&1 < /dev/null 7>&- &
  else
    env "${forget[@]}" "$ROOT/bin/lib/supervise" < /dev/null 7>&- &
  fi
  SUPERVISOR=$!
}

# Asks the supervisor for the server, or starts one that brings it.
start_server() {
  local pid end=$((SECONDS + 30))
  (umask 077; rm -f "$RUN/server.log"; : > "$RUN/server.log")
  rm -f "$RUN/pid"
  if pid=$(supervisor_pid); then kill -USR1 "$pid"; else start_supervisor; fi
  until [ -s "$RUN/pid" ]; do
    [ $SECONDS -lt $end ] || die "the supervisor does not start the server: $RUN/supervisor.log"
    nap 0.1
  done
}

# Of this process, which is the server from then on.
become_server() {
  JAVA_HOME=$(find_jdk)
  export JAVA_HOME WLP_USER_DIR=$RUN/usr WLP_OUTPUT_DIR=$RUN/server LOG_DIR=$RUN/logs
  mkdir -p "$LOG_DIR"
  offer_admin_center
  tell_backup_place
  logging_settings
  local JVM_ARGS=${JVM_ARGS:-}
  memory_settings
  [ -e "$SERVER/server.xml" ] || die "nothing has been built yet: bin/run"
  # Of releases that wrote them for everybody.
  chmod -R go-rwx "$LOG_DIR" "$RUN"/*.log* "$RUN/server" "$RUN/previous" 2>/dev/null || true
  export JVM_ARGS
  exec "$ROOT/docker/app/serve" "$LIBERTY"
}

# By its number alone: in its first moments the new process still bears another name.
server_gone() {
  local pid
  pid=$(kept_pid) || return 0
  process_gone "$pid"
}

# Also one that has ended and was not asked for yet.
process_gone() { # pid
  local key='' state=''
  [ -r "/proc/$1/status" ] || return 0
  while read -r key state; do
    [ "$key" != State: ] || break
  done 2>/dev/null < "/proc/$1/status"
  [[ $state = [ZX]* ]]
}

# Open Liberty stays when its application cannot start.
application_failed() { grep -q 'CWWKZ000[24]E' "$RUN/server.log" 2>/dev/null; }

await_ready() { # seconds
  local end=$((SECONDS + $1))
  until listening && ready; do
    if server_gone; then tail -n 40 "$RUN/server.log" >&2; die "the server ended; its log: $RUN/server.log"; fi
    if application_failed; then tail -n 40 "$RUN/server.log" >&2; die "the application did not start; its log: $RUN/server.log"; fi
    [ $SECONDS -lt $end ] || { tail -n 40 "$RUN/server.log" >&2; die "not ready after $1 s; its log: $RUN/server.log"; }
    nap 0.2
  done
}

# The server alone; its supervisor starts it again, unless an exchange holds upgrade.lock.
stop_server() {
  local pid end=$((SECONDS + 40))
  pid=$(product_pid) || return 0
  kill -TERM "$pid"
  # A stopped child of ours stays visible until it is asked for: then it is gone all the same.
  while ! server_gone && [ "$(kept_pid)" = "$pid" ]; do
    [ $SECONDS -lt $end ] || { note "does not stop, killing it"; kill -KILL "$pid"; break; }
    nap 0.1
  done
  rm -f "$RUN/pid"
}

# Supervisor and server.
stop_supervised() {
  local pid end=$((SECONDS + 60))
  if pid=$(supervisor_pid); then
    kill -TERM "$pid"
    until process_gone "$pid"; do
      [ $SECONDS -lt $end ] || { note "the supervisor does not stop, killing it"; kill -KILL "$pid"; break; }
      nap 0.1
    done
  fi
  stop_server
}
