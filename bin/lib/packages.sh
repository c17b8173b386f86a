# Gets Debian and Ubuntu packages: installed where we may, else unpacked into a private folder. Needs common.sh.
# shellcheck shell=bash

# Where unpacked tools live (Maven, Chromium): never the system's folders.
tools_root() { echo "${TOOLS_ROOT:-$ROOT/.services/tools}"; }

# Installs packages; fails where we are neither root nor have sudo.
install_packages() {
  local root
  root=$(elevate) || return 1
  note "installing $*"
  # The lists of a bare machine are empty, those of an old image stale: try first, refresh when that fails.
  DEBIAN_FRONTEND=noninteractive $root apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  $root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $root apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

# Options for an apt that keeps its lists under a folder of ours and needs no rights.
private_apt() { # folder
  mkdir -p "$1/lists/partial" "$1/archives/partial"
  APT=(-qq -o Debug::NoLocking=1 -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -o "Dir::State::Lists=$1/lists" -o "Dir::Cache=$1" -o "Dir::Cache::archives=$1/archives"
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Get::AllowUnauthenticated=false)
}

# Unpacks packages with all that they depend on under tools_root, also what the machine has itself.
unpack_packages() { # pattern (Perl's) of package names to keep, packages...
  local keep=$1 root work names deb APT; shift
  root=$(tools_root) work=$(tools_root).apt
  note "unpacking $* under $root"
  private_apt "$work"
  : > "$work/status"
  APT+=(-o "Dir::State::status=$work/status")
  apt-get "${APT[@]}" update || return 1
  names=$(apt-get "${APT[@]}" install -s --no-install-recommends "$@" | awk '$1 == "Inst" {print $2}' | grep -P "$keep") || return 1
  # shellcheck disable=SC2086
  (cd "$work/archives" && apt-get "${APT[@]}" download $names) || return 1
  mkdir -p "$root"
  for deb in "$work"/archives/*.deb; do dpkg-deb -x "$deb" "$root"; done
  relink "$root"
  rm -rf "$work"
}

# Absolute links in an unpacked tree point into the system: turn them into the tree.
relink() {
  local root=$1 link target
  find "$root" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    target=$(readlink "$link")
    case $target in "$root"/*) continue ;; esac
    [ ! -e "$root$target" ] || ln -sfn "$root$target" "$link"
  done
}
