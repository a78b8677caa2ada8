#!/bin/sh
# Install the named Debian packages that are missing: as root by ourselves, else say how.
set -eu
present() {
  command -v "$1" >/dev/null 2>&1 && return
  dpkg -s "$1" 2>/dev/null | grep -q '^Status: .* installed' && return
  # Another name of the browser will do where Chromium is not packaged (Ubuntu has it as a snap).
  [ "$1" = chromium ] && { command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1
}
missing=
for package in "$@"; do
  present "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 -- one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
  echo "Missing:$missing. Run this, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y$missing" >&2
  exit 1
fi
