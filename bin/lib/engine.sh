# A Docker engine for tests of the containers: the one that answers, or one that is installed and started here.
# Needs common.sh. Where no registry answers, images with the public names may be made by tools beside the project.
# shellcheck shell=bash

NO_ENGINE=''
STANDINS=${STANDINS:-$ROOT/../shared/tools/docker-standins}

bring_engine() {
  docker info >/dev/null 2>&1 || start_engine || return 1
  STANDINS_COPY=
  bring_compose || { NO_ENGINE="there is no docker compose, and it could not be had"; return 1; }
  bring_images || { NO_ENGINE="the images that compose.yml names are not here and could not be had"; return 1; }
  engine_serves || { NO_ENGINE="the Docker engine does not run a container whose port can be reached"; return 1; }
}

# An engine inside a container may start and still have no network to give.
engine_serves() {
  local id rc=0
  id=$(docker run -d --rm -p 127.0.0.1::80 nginx:1.28-alpine 2>/dev/null) || return 1
  curl -sS -o /dev/null --retry 10 --retry-delay 1 --retry-all-errors --max-time 5 "http://$(docker port "$id" 80 | head -n 1)/" || rc=1
  docker rm -f "$id" >/dev/null
  return $rc
}

start_engine() {
  local become end=$((SECONDS + 40))
  become=$(elevate) || { NO_ENGINE="no Docker engine answers, and without root none can be started"; return 1; }
  if ! command -v dockerd >/dev/null; then
    command -v apt-get >/dev/null || { NO_ENGINE="no Docker engine answers, and without apt none can be installed"; return 1; }
    note "installing docker.io and debootstrap"
    { $become apt-get update -qq && DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends \
      docker.io debootstrap iptables; } >/dev/null 2>&1 || { NO_ENGINE="docker.io could not be installed"; return 1; }
  fi
  note "starting dockerd"
  $become setsid -f dockerd > "${TMPDIR:-/tmp}/dockerd.log" 2>&1 < /dev/null
  until docker info >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { NO_ENGINE="dockerd does not start here; its log: ${TMPDIR:-/tmp}/dockerd.log"; return 1; }
    sleep 0.5
  done
}

# The tools write beside themselves, so they work in a copy.
standins() { # tool, arguments
  [ -x "$STANDINS/$1" ] || return 1
  if [ -z "$STANDINS_COPY" ]; then
    STANDINS_COPY=$(mktemp -d); cp -r "$STANDINS/." "$STANDINS_COPY"; chmod -R u+w "$STANDINS_COPY"
  fi
  "$STANDINS_COPY/$1" "${@:2}" >&2
}

bring_compose() { docker compose version >/dev/null 2>&1 || standins compose-plugin; }

bring_images() {
  local image
  for image in eclipse-temurin:25-jre pgvector/pgvector:pg17 nats:2.11-alpine nginx:1.28-alpine; do
    docker image inspect "$image" >/dev/null 2>&1 && continue
    if [ -x "$STANDINS/build" ]; then standins build; return; fi
    docker pull -q "$image" >/dev/null || return 1
  done
}
