# Finds or gets the Chromium that the browser tests drive. Needs common.sh and packages.sh.

find_chromium() {
  local program
  for program in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/google-chrome /usr/bin/chromium-browser "$(tools_root)/chromium"; do
    # A snap's stand-in is a script without a browser behind it.
    if [ -x "$program" ] && "$program" --version 2>/dev/null | grep -qiE '^(chrom|google chrome)'; then echo "$program"; return; fi
  done
  return 1
}

get_chromium() {
  command -v apt-get >/dev/null || return 1
  install_packages chromium fonts-dejavu-core && return 0
  unpack_packages missing . chromium fonts-dejavu-core && launch_unpacked_chromium
}

launch_unpacked_chromium() {
  local root; root=$(tools_root)
  cat > "$root/fonts.conf" <<CONF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$root/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$root/fonts-cache</cachedir></fontconfig>
CONF
  cat > "$root/chromium" <<LAUNCHER
#!/bin/sh
for dir in "$root"/usr/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu/* "$root"/lib/*-linux-gnu; do
  [ ! -d "\$dir" ] || LD_LIBRARY_PATH=\${LD_LIBRARY_PATH:+\$LD_LIBRARY_PATH:}\$dir
done
export LD_LIBRARY_PATH FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/chromium" "\$@"
LAUNCHER
  chmod 755 "$root/chromium"
}
