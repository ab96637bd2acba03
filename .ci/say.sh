# Sourced by the set-up scripts: how they speak, wait for each other and install what is missing.

# Progress, on the error stream, so that a script's answer can be read from its output.
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# The one clear sentence when something cannot be had.
die() { say "$*"; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

# A per-user folder outside the clone that survives between runs.
cache() { printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/kaishi"; }

# Runs a command as root: as it is, or through sudo where that asks for nothing or a person can answer.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then sudo "$@"
  else return 1
  fi
}

# apt_install WHY PACKAGE…: installs Debian packages, the package lists fetched once if need be.
apt_install() {
  why=$1; shift
  have apt-get || { say "$why is missing, and this machine has no apt; install it and run again"; return 1; }
  say "installing $* ($why)"
  log=$(mktemp)
  if { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@" ||
       { as_root apt-get update -q &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@"; }
     } >"$log" 2>&1
  then rm -f "$log"
  else
    tail -n 5 "$log" >&2; rm -f "$log"
    say "$why could not be installed; as root: apt-get install $*"
    return 1
  fi
}

# lock NAME: one script at a time; the next waits, and a lock whose owner died is taken over.
lock() {
  held=${TMPDIR:-/tmp}/kaishi-$1-$(id -u).lock
  until mkdir "$held" 2>/dev/null; do
    owner=$(cat "$held/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$held"; continue; fi
    [ -n "${waited:-}" ] || say "waiting for another run"
    waited=yes
    sleep 1
  done
  printf '%s\n' $$ >"$held/pid"
}
unlock() { rm -rf "$held"; }
