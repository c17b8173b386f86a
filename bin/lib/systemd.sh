# The unit that starts the product with the machine. Needs common.sh, product.sh, release.sh and java.sh.
# shellcheck shell=bash

UNIT=${UNIT:-task-tracker}

# Root's unit belongs to the machine and runs as the owner of this folder; everybody else's belongs to its user.
unit_file() {
  if [ "$(id -u)" = 0 ]; then echo "/etc/systemd/system/$UNIT.service"; else echo "${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user/$UNIT.service"; fi
}

unit_user() {
  local owner; owner=$(stat -c %U "$ROOT")
  [ "$owner" != root ] || owner=${SUDO_USER:-root}
  [ "$(id -u)" = 0 ] || owner=$(id -un)
  echo "$owner"
}

systemctl_words() { if [ "$(id -u)" = 0 ]; then echo systemctl; else echo "systemctl --user"; fi; }

# Spaces and percent signs have a meaning in units.
escaped() { local path=${1//%/%%}; path=${path//\\/\\\\}; printf '"%s"' "${path//\"/\\\"}"; }

# Settings come from .env, which the scripts read at each start of the server; only what tells where things are comes here.
environment_lines() {
  local name
  for name in JAVA_HOME RUN_DIR SERVICES_DIR SERVICES_ROOT; do
    [ -z "${!name:-}" ] || echo "Environment=$(escaped "$name=${!name}")"
  done
}

# What the server, the database and the broker write; everything else is read-only to them. A dash: need not be there yet.
writable_lines() {
  local place
  for place in "$RUN" "$("$ROOT/bin/services" state)"; do echo "ReadWritePaths=$(escaped "-$place")"; done
}

# Name spaces for files need root: a user's own manager has them only where the kernel lets everybody make some.
machine_hardening() {
  # A /tmp of its own would hide an installation that is below it.
  if [[ $ROOT/ == /tmp/* || $RUN/ == /tmp/* ]]; then echo "ReadWritePaths=/tmp"; else echo "PrivateTmp=yes"; fi
  cat <<LINES
PrivateDevices=yes
ProtectSystem=strict
$(writable_lines)
ProtectHostname=yes
ProtectClock=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
LINES
  # Root starts PostgreSQL as another user and looks after that user's files.
  if [ "$(unit_user)" = root ]; then
    echo "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_CHOWN CAP_FOWNER CAP_DAC_OVERRIDE CAP_KILL"
  else
    echo "CapabilityBoundingSet="
  fi
}

unit_text() {
  local run; run=$(escaped "$ROOT/bin/run")
  cat <<UNIT
# Written by bin/run install for $ROOT; bin/run uninstall removes it.
[Unit]
Description=Task Tracker
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=600
StartLimitBurst=10

[Service]
Type=exec
$([ "$(id -u)" != 0 ] || echo "User=$(unit_user)")
WorkingDirectory=${ROOT//%/%%}
# The supervisor starts a server that has crashed; systemd starts a supervisor that has.
ExecStart=$run supervise
ExecStop=$run stop
Restart=on-failure
RestartSec=5
# The server may take 45 s to end, PostgreSQL as long to write what it holds.
TimeoutStopSec=120
$(environment_lines)
UMask=0077
LimitCORE=0
LimitNOFILE=65536
NoNewPrivileges=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RestrictNamespaces=yes
LockPersonality=yes
SystemCallArchitectures=native
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
# Not MemoryDenyWriteExecute: a JVM writes the code that it runs.
$([ "$(id -u)" != 0 ] || machine_hardening)

[Install]
WantedBy=$([ "$(id -u)" = 0 ] && echo multi-user.target || echo default.target)
UNIT
}

# As the one who will run it, so that nothing below .run belongs to root.
as_unit_user() { if [ "$(id -un)" = "$(unit_user)" ]; then "$@"; else runuser -u "$(unit_user)" -- "$@"; fi; }

install_unit() {
  local file; file=$(unit_file)
  unit_text > /dev/null # what cannot be written down is told before anything is built
  if [ -n "$PRINT" ]; then unit_text; return; fi
  command -v systemctl > /dev/null || die "there is no systemd here: bin/run --detach supervises the server too"
  refuse_others "$file"
  as_unit_user "$ROOT/bin/run" prepare
  mkdir -p "$(dirname "$file")"
  unit_text > "$file"
  chmod 644 "$file"
  next_steps "$file"
}

refuse_others() { # file
  [ ! -e "$1" ] || grep -qxF "# Written by bin/run install for $ROOT; bin/run uninstall removes it." "$1" ||
    die "$1 belongs to another installation. Its name is chosen by UNIT, such as UNIT=task-tracker-2 bin/run $VERB"
}

next_steps() { # file
  local ctl; ctl=$(systemctl_words)
  sed '/^ *$/d' <<STEPS
Wrote $1 (runs as $(unit_user)). Next:
  $(! supervisor_pid > /dev/null || echo "bin/run stop")
  $ctl daemon-reload
  $ctl enable --now $UNIT
  $([ "$(id -u)" = 0 ] || echo "sudo loginctl enable-linger $(id -un)      # or it ends when you sign out, and does not start with the machine")
  bin/run status
Settings are read from .env, not from your shell. bin/upgrade and bin/rollback work as before, run as $(unit_user).
STEPS
  [ "$(unit_user)" != root ] || note "it runs as root because this folder belongs to root. Safer: chown -R USER: $ROOT and run bin/run install again"
}

uninstall_unit() {
  local file ctl; file=$(unit_file) ctl=$(systemctl_words)
  [ -e "$file" ] || die "there is no $file"
  refuse_others "$file"
  $ctl disable --now "$UNIT" || note "systemd did not stop $UNIT; bin/run stop does"
  rm -f "$file"
  $ctl daemon-reload || true
  note "removed $file. Data and settings stay; bin/run --detach starts the product without systemd"
}
