# Shared by the scripts in bin/; read by them, never run.
# Sets ROOT (the project's folder) and offers note, die, busy, httpget and more.
# shellcheck shell=bash

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
SELF=$(basename -- "$0")

note() { printf '%s: %s\n' "$SELF" "$*" >&2; }
die()  { note "$*"; exit 1; }

# Is this port of this machine taken, by a listener or by somebody's connection? (04, 05, 06, 09, 0B: ones that are over,
# however long the other side takes to notice: a database that crashed must get its own port again.)
busy() {
  local hex file line lines words
  printf -v hex %04X "$1"
  for file in /proc/net/tcp /proc/net/tcp6; do
    mapfile -t lines 2>/dev/null < "$file" || continue
    for line in "${lines[@]}"; do
      [[ $line == *:"$hex"\ * ]] || continue
      read -ra words <<< "$line"
      [[ ${words[1]} != *:"$hex" || ${words[3]} =~ ^(04|05|06|09|0B)$ ]] || return 0
    done
  done
  return 1
}

freeport() { local port=$1; while busy "$port"; do port=$((port + 1)); done; echo "$port"; }

# GET without curl, which a bare machine does not have. Time-limited: a port that accepts may never answer.
httpget() { # port path [address]
  # shellcheck disable=SC2016
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$3/$1" || exit 1
    printf "GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\n\r\n" "$2" >&3
    mapfile -u 3 lines; printf %s "${lines[@]}"' _ "$1" "$2" "${3:-127.0.0.1}" 2>/dev/null
}

# What waits looks often, and starting a program costs as much as the look; these two start none.
nap() { read -rt "$1" <> <(:) || :; } # seconds

# Sets COMMAND to the words a process was started with; fails when there is none of that number.
command_of() { # pid
  local words
  mapfile -d '' -t words 2>/dev/null < "/proc/$1/cmdline" || return 1
  COMMAND=${words[*]}
}

# A log that somebody else holds open and appends to: when it has become too long its end is kept beside, as FILE.1, and
# he goes on at its beginning. LOG_FILE_MB is the same for the logs that the server rotates itself.
bound_log() { # file
  local most=$((${LOG_FILE_MB:-20} << 20))
  [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -gt "$most" ] || return 0
  tail -c "$most" "$1" > "$1.1" && : > "$1"
}

secret() { od -An -N "${1:-24}" -tx1 /dev/urandom | tr -d ' \n'; }

# An entry of SECRET_KEYS: an id that tells its day and is used once, and a key of 256 bits.
secret_key() { echo "k$(date -u +%Y%m%d)-$(secret 3):$(secret 32)"; }

# Prints how to become root, or fails: empty when we are root, sudo where it asks no password.
elevate() {
  if [ "$(id -u)" = 0 ]; then echo env; return; fi
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then echo sudo; return; fi
  return 1
}
