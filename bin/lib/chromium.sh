# Finds or gets the Chromium that the browser tests drive. Needs common.sh and packages.sh.
# shellcheck shell=bash

# Prints the first browser that renders a page: the one that CHROMIUM names, an installed one, an unpacked one. The one
# without a window comes first: a page costs it a third less than the whole browser (docs/adr/0022).
find_chromium() {
  local program tools; tools=$(tools_root)
  while IFS= read -r program; do
    if renders_page "$program"; then echo "$program"; return; fi
  done < <(printf '%s\n' "${CHROMIUM:-}"
    type -P chromium-headless-shell chromium google-chrome chromium-browser || true
    printf '%s\n' "$tools/chromium-headless-shell" "$tools/chromium")
  return 1
}

# A browser without its data files still prints its version, and a snap's stand-in is a script: only a page that a
# script has written proves one. The page goes to a file, because a helper process may keep a pipe open.
renders_page() { # program
  local work rc=0
  [ -x "$1" ] || return 1
  work=$(mktemp -d)
  timeout -k 5 "${CHROMIUM_START_SECONDS:-60}" "$1" --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" \
    --dump-dom 'data:text/html,<p><script>document.write(6*7)</script></p>' </dev/null >"$work/page" 2>/dev/null || true
  grep -q '>42</p>' "$work/page" || rc=1
  rm -rf "$work"
  return $rc
}

# Where the light one is not to be had (Ubuntu), a whole browser will do.
get_chromium() { find_chromium >/dev/null || get_browser chromium-headless-shell || get_browser chromium; }

# Never installed beside a browser that is there: they share packages, so that one would be exchanged with the other.
get_browser() { # package
  command -v apt-get >/dev/null || return 1
  if [ -z "$(type -P chromium chromium-headless-shell)" ] && install_packages "$1" fonts-dejavu-core; then
    ! find_chromium >/dev/null || return 0
  fi
  unpack_browser "$1"
}

# With everything it depends on, whatever the machine has: an unpacked browser finds its data files beside itself only.
# Except the C library, which must be of one version with the machine's program loader.
unpack_browser() { # package
  unpack_packages '^(?!libc6$)' "$1" fonts-dejavu-core && write_launcher "$1" && renders_page "$(tools_root)/$1"
}

write_launcher() { # program
  local root; root=$(tools_root)
  cat > "$root/fonts.conf" <<CONF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$root/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$root/fonts-cache</cachedir></fontconfig>
CONF
  cat > "$root/$1" <<LAUNCHER
#!/bin/sh
for dir in "$root"/usr/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu/* "$root"/lib/*-linux-gnu; do
  [ ! -d "\$dir" ] || LD_LIBRARY_PATH=\${LD_LIBRARY_PATH:+\$LD_LIBRARY_PATH:}\$dir
done
export LD_LIBRARY_PATH FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/$1" "\$@"
LAUNCHER
  chmod 755 "$root/$1"
}
