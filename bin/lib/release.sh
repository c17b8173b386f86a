# Releases kept beside each other, and what tells them apart. Needs common.sh, packages.sh, java.sh and product.sh.
#
#   .run/releases/ID   a built release: usr (server and application), as bin/run starts it
#   .run/usr           points to the one in use
#   .run/previous      the ID of the one before
# shellcheck shell=bash

RELEASES=$RUN/releases
KEEP_RELEASES=${KEEP_RELEASES:-3}
APPLICATION=usr/servers/tasktracker/apps/task-tracker.war

database_name() { printf '%s' "${DATABASE_URL:-$([ -n "${COMPOSE:-}" ] && echo "the deployed stack" || echo "the database of bin/run")}"; }

# The classes of an unpacked application: the one that is named, the one in use, or what Maven has just made.
application() {
  local place
  for place in "${RELEASE_APPLICATION:-}" "$RUN/$APPLICATION" "$ROOT/target/task-tracker"; do
    [ -z "$place" ] || [ ! -d "$place/WEB-INF/classes" ] || { echo "$place"; return; }
  done
  die "nothing has been built yet: bin/run, or ./mvnw -DskipTests process-classes war:exploded"
}

migrations() { # verb, arguments
  if [ -n "${COMPOSE:-}" ]; then migrations_in_image "$@"; return; fi
  read_settings "$ROOT/.env"
  local app driver
  app=$(application)
  [ -n "${DATABASE_URL:-}" ] || "$ROOT/bin/services" up postgres >/dev/null
  [ -n "${DATABASE_URL:-}" ] || { set -a; eval "$("$ROOT/bin/services" env | grep '^DATABASE_')"; set +a; }
  translate_database_url
  # The driver belongs to the server, not to the application.
  driver=$RUN/usr/servers/tasktracker/lib/jdbc
  [ -d "$driver" ] || driver=$LIBERTY/usr/servers/tasktracker/lib/jdbc
  quick_java -cp "$app/WEB-INF/classes:$app/WEB-INF/lib/*:$driver/*" \
    tasktracker.platform.data.Migrations "$@"
}

# The same main class from the image, beside the running containers.
migrations_in_image() {
  (cd "$ROOT" && docker compose run --rm -T --no-deps --entrypoint sh app -c '
    server=/opt/wlp/usr/servers/tasktracker app=$(ls -d /opt/wlp/usr/servers/tasktracker/apps/task-tracker.war)
    exec java -XX:+UseSerialGC -cp "$app/WEB-INF/classes:$app/WEB-INF/lib/*:$server/lib/jdbc/*" \
      tasktracker.platform.data.Migrations "$@"' migrations "$@")
}

# Makes the application of the working tree as it is now, unless that is what Maven made last.
build_application() {
  local now made=$ROOT/target/task-tracker.made
  now="$(fingerprint) $(git -C "$ROOT" describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null || echo unknown)"
  if [ -x "$LIBERTY/bin/server" ] && [ -d "$ROOT/target/task-tracker/WEB-INF/classes" ] && [ "$(cat "$made" 2>/dev/null)" = "$now" ]; then return; fi
  rm -f "$made"
  forget_classes
  "$ROOT/mvnw" -q -B -ntp -DskipTests process-classes war:exploded liberty:create
  echo "$now" > "$made"
}

# --- which release is which ---------------------------------------------------------------------------------------

fact() { # application, key
  sed -n "s/^$2=//p" "$1/WEB-INF/classes/build.properties" 2>/dev/null | head -n 1
}

in_use() { [ ! -L "$RUN/usr" ] || basename "$(dirname "$(readlink "$RUN/usr")")"; }

# The commit it was made of; changed files make it another, so that no two builds share a folder.
release_id() { # application
  local id; id=$(fact "$1" commit)
  [[ ${id:-unknown} == *dirty || ${id:-unknown} == unknown ]] && id=${id:-unknown}-$(cd "$1" && find . -type f -printf '%p %s %T@\n' | sort | cksum | cut -d' ' -f1)
  echo "$id"
}

# A copy under .run/releases, so that building never changes what runs.
keep_release() { # application
  local id; id=$(release_id "$1")
  if [ ! -e "$RELEASES/$id/complete" ]; then
    rm -rf "${RELEASES:?}/$id"
    install_server "$RELEASES/$id/usr" "$1"
    : > "$RELEASES/$id/complete"
  fi
  echo "$id"
}

# One rename: at no moment is there no release.
point_to() { # id
  local before; before=$(in_use)
  [ -L "$RUN/usr" ] || rm -rf "${RUN:?}/usr"
  ln -sfn "releases/$1/usr" "$RUN/usr.new" && mv -T "$RUN/usr.new" "$RUN/usr"
  [ "$before" != "$1" ] || return 0
  [ -z "$before" ] || echo "$before" > "$RUN/previous"
  rm -rf "$RUN/server/tasktracker/workarea"   # what the server remembers of the other application
  touch "$RELEASES/$1"
}

forget_old_releases() {
  local dir
  for dir in $(find "$RELEASES" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | cut -d' ' -f2- | tail -n +$((KEEP_RELEASES + 1))); do
    case $(basename "$dir") in "$(in_use)" | "$(cat "$RUN/previous" 2>/dev/null)") ;; *) rm -rf "$dir" ;; esac
  done
}

# --- may it be exchanged while others serve? ----------------------------------------------------------------------

# Prints why the two cannot, where their builds say so.
other_epoch() { # application in use, the other application
  [ "$(fact "$1" epoch)" = "$(fact "$2" epoch)" ] ||
    echo "the two releases cannot work beside each other (epoch $(fact "$1" epoch), then $(fact "$2" epoch); docs/releases.md)"
}

# A rollback keeps what the newer release has written, and over another epoch the older one cannot read it.
refuse_other_epoch() { # application in use, the older application
  local why; why=$(other_epoch "$1" "$2")
  [ -z "$why" ] || die "not possible: $why. Restore the backup from before, or mend the new release"
}

# The facts of an image, laid out as those of an unpacked application.
facts_of_image() { # image, folder
  mkdir -p "$2/WEB-INF/classes"
  docker run --rm --entrypoint cat "$1" /opt/wlp/usr/servers/tasktracker/apps/task-tracker.war/WEB-INF/classes/build.properties \
    > "$2/WEB-INF/classes/build.properties" || die "image $1 does not say which build it is"
}

# Prints why not, if not; the answers of update-check.
obstacles() { # application in use, new application, what is pending
  local line
  other_epoch "$1" "$2"
  while read -r line; do
    case $line in contract*) echo "migration ${line#contract } takes away what the release in use reads" ;; esac
  done <<< "$3"
}

unknown_settings() {
  [ -f "$ROOT/.env" ] || return 0
  sed -n 's/^\(export \)\{0,1\}\([A-Za-z_][A-Za-z0-9_]*\)=.*/\2/p' "$ROOT/.env" | while read -r key; do
    grep -qE "^#? ?$key=" "$ROOT/.env.example" || echo "$key"
  done
}
