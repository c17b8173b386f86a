# The deployed stack: which nodes there are, and how they come and go without anybody noticing. Needs common.sh.
# shellcheck shell=bash

# A setting as the environment says it, or .env, or else its usual value.
setting() { printf '%s' "${!1:-$(sed -n "s/^$1=//p" "$ROOT/.env" 2>/dev/null | tail -n 1 | grep . || echo "$2")}"; } # name, usual
stack_name() { setting STACK task-tracker; }
image_name() { setting TASK_TRACKER_IMAGE task-tracker:local; }
compose_files() { setting COMPOSE_FILE "compose.yml$([ ! -e "$ROOT/compose.override.yml" ] || echo :compose.override.yml)"; }
# Whether the nodes use a database that is none of this stack's containers.
own_database() { [[ $(compose_files) == *compose.own-database.yml* ]]; }
dc() { (cd "$ROOT" && docker compose --profile scale "$@"); }

# All containers of the stack, also those that have ended; nothing where no engine answers.
all_containers() { # more filters
  command -v docker >/dev/null || return 0
  timeout 5 docker ps -aq --filter "label=com.docker.compose.project=$(stack_name)" "$@" 2>/dev/null || true
}

# Whether commands that nobody told where to work mean the deployed stack: it is there, and nothing native is.
deployed_here() {
  [ -z "${DATABASE_URL:-}" ] && [ ! -e "${RUN:-$ROOT/.run}/usr" ] &&
    [ -n "$(all_containers --filter label=com.docker.compose.service=postgres)" ]
}
choose_deployed() { [ -n "$COMPOSE" ] || ! deployed_here || COMPOSE=yes; }

# What the node runs, whatever its name means by now.
running_image() {
  docker inspect -f '{{.Image}}' "$(cd "$ROOT" && docker compose ps -aq app)" || die "nothing runs: docker compose up -d --wait"
}

# What bin/rollback returns to; each stack has its own.
previous_image() { [ "$(stack_name)" = task-tracker ] && echo task-tracker:previous || echo "task-tracker:previous-$(stack_name)"; }

# A new node would bring a release that was built and not yet deployed: its migrations, and no backup before them.
refuse_other_release() {
  local app; app=$(containers app | head -n 1)
  [ -z "$app" ] || [ "$(docker inspect -f '{{.Image}}' "$app")" = "$(docker image inspect -f '{{.Id}}' "$(image_name)")" ] ||
    die "$(image_name) is another release than the one that runs. Deploy it first: bin/upgrade --compose --no-build"
}

# Containers of the services that are named, one a line.
containers() { # services...
  local service
  for service in "$@"; do
    docker ps -q --filter "label=com.docker.compose.project=$(stack_name)" --filter "label=com.docker.compose.service=$service"
  done
}
name_of() { docker inspect -f '{{slice .Name 1}}' "$1"; }

await_healthy() { # container, seconds
  local end=$((SECONDS + $2))
  until [ "$(docker inspect -f '{{.State.Health.Status}}' "$1" 2>/dev/null)" = healthy ]; do
    [ $SECONDS -lt $end ] || die "$(name_of "$1") is not healthy after $2 s; see: docker logs $(name_of "$1")"
    sleep 0.5
  done
}

# The address of a node as the proxy lists it.
address_of() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }

# Returns when the proxy sends requests to the node.
await_listed() { # container, seconds
  local end=$((SECONDS + $2)) nginx
  nginx=$(containers nginx)
  [ -n "$nginx" ] || return 0
  until docker exec "$nginx" grep -q "^server $(address_of "$1"):" /etc/nginx/conf.d/nodes.list; do
    [ $SECONDS -lt $end ] || die "the proxy has not noticed $(name_of "$1") after $2 s; see: docker logs $(name_of "$nginx")"
    sleep 0.5
  done
}
