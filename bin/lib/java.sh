# Finds a JDK of 21 or later and a Maven of 3.8 or later. Needs common.sh and packages.sh.
# shellcheck shell=bash

JAVA_OLDEST=21

# The major version of a JDK folder, read from its "release" file; nothing if it is none.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_places() {
  local javac
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /usr/local/*jdk* /usr/local/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.local/share/rtx/installs/java/* "$HOME"/jdk*
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")"
  return 0
}

# The JDK that JAVA_HOME names if it is new enough, else the newest on the machine.
find_jdk() {
  local dir major best='' newest=0
  if [ -n "${JAVA_HOME:-}" ]; then
    major=$(jdk_major "$JAVA_HOME")
    if [ "${major:-0}" -ge $JAVA_OLDEST ]; then echo "$JAVA_HOME"; return; fi
  fi
  while read -r dir; do
    major=$(jdk_major "$dir")
    if [ "${major:-0}" -gt "$newest" ]; then newest=$major best=$dir; fi
  done < <(jdk_places)
  [ "$newest" -ge $JAVA_OLDEST ] || die "needs a JDK of $JAVA_OLDEST or later and found none. Install one" \
    "(Debian 13, Ubuntu 24.04: apt-get install openjdk-21-jdk-headless), or unpack one and set JAVA_HOME to it."
  echo "$best"
}

maven_ok() { # a Maven's bin/mvn
  local version
  version=$(JAVA_HOME=$JAVA_HOME "$1" -v 2>/dev/null | sed -n 's/^[^A]*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '3.8\n%s\n' "$version" | sort -V | head -n 1)" = 3.8 ]
}

maven_places() {
  command -v mvn || true
  printf '%s\n' /usr/share/maven/bin/mvn /opt/*maven*/bin/mvn /usr/local/*maven*/bin/mvn \
    "$HOME"/.sdkman/candidates/maven/current/bin/mvn "$(tools_root)/usr/share/maven/bin/mvn"
}

find_maven() {
  local mvn
  while read -r mvn; do
    if [ -x "$mvn" ] && maven_ok "$mvn"; then echo "$mvn"; return; fi
  done < <(maven_places)
  get_maven >&2
  while read -r mvn; do
    if [ -x "$mvn" ] && maven_ok "$mvn"; then echo "$mvn"; return; fi
  done < <(maven_places)
  die "needs Maven 3.8 or later: install it (apt-get install maven) or put it on the PATH."
}

get_maven() {
  command -v apt-get >/dev/null || return 0
  install_packages maven && return 0
  # Without root: only the jars. The JRE that the package wants is not needed beside a JDK.
  unpack_packages '^(maven|lib.*-java)$' maven || true
}

# For programs of a second or two: code that is optimized for long and a collector of many threads would not pay.
quick_java() { "$(find_jdk)/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"; }

# Classes of sources that are there no more would become part of the application: a release before may have left some.
forget_classes() { rm -rf "$ROOT/target/classes" "$ROOT/target/maven-status" "$ROOT/target/task-tracker"; }
