# Shared by scripts/run and scripts/test: makes sure that what they need is there. Sourced, not run.

# Ends with status 2 and a way out if there is no Swift 6.3 or newer.
require_swift() {
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  if [ -n "$version" ]; then
    set -- $version
    if [ "$1" -gt 6 ] || { [ "$1" -eq 6 ] && [ "$2" -ge 3 ]; }; then return; fi
    echo "Busbar needs Swift 6.3 or newer; this is Swift $1.$2." >&2
  else
    echo "Busbar needs Swift 6.3 or newer; there is no 'swift' command here." >&2
  fi
  echo "Install it from https://www.swift.org/install/linux/ (Debian 12; on a Raspberry Pi the" >&2
  echo "64-bit ARM build), put its usr/bin folder into PATH, and run this again." >&2
  exit 2
}

# Installs the Debian packages that are named and missing.
require_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing:$missing" >&2
  as_root apt-get update -qq
  # shellcheck disable=SC2086  # the list is meant to be split
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# Installs the C libraries that the program is built with.
require_libraries() { require_packages libsqlite3-dev libzstd-dev pkg-config zlib1g-dev; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -E "$@"; fi
}
