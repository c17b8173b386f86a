# Finds or gets the Chromium that the browser tests drive. Needs common.sh and packages.sh.

# First the one without a window and all that is around it: a page costs it a third less than the whole browser in its
# headless mode (docs/adr/0022).
find_chromium() {
  local program tools; tools=$(tools_root)
  for program in "${CHROMIUM:-}" {/usr/bin,"$tools"}/chromium-headless-shell /usr/bin/{chromium,google-chrome,chromium-browser} "$tools/chromium"; do
    # A snap's stand-in is a script without a browser behind it.
    if [ -x "$program" ] && "$program" --version 2>/dev/null | grep -qiE '^(chrom|google chrome)'; then echo "$program"; return; fi
  done
  return 1
}

# Where the light one is not to be had (Ubuntu), a whole browser will do; one that is there is not searched for long.
get_chromium() {
  local found; found=$(find_chromium || true)
  case $found in
    "${CHROMIUM:-none}" | */chromium-headless-shell) ;;
    '') get_browser chromium-headless-shell || get_browser chromium ;;
    *) ! apt-cache show chromium-headless-shell >/dev/null 2>&1 || get_browser chromium-headless-shell || true ;;
  esac
}

# Never installed beside a browser that is there: they share parts, so that one would be exchanged with the other.
get_browser() { # package
  command -v apt-get >/dev/null || return 1
  [ -e /usr/bin/chromium ] || ! install_packages "$1" fonts-dejavu-core || return 0
  unpack_packages missing . "$1" fonts-dejavu-core && [ -x "$(tools_root)/usr/lib/chromium/$1" ] && launch_unpacked "$1"
}

launch_unpacked() { # program
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
