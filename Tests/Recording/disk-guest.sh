# shellcheck shell=bash
#
# A user-mode Linux guest with an ext4 disk of its own, for scripts that do to a disk what cannot be done to this
# machine's. Source it; the script that does is process 1 of the guest, too, and is called with `--inside ROOM`.

PATH=$PATH:/usr/sbin:/sbin
guest=

# In the guest: mounts the disk on ROOM/disk and reads what the other side knows.
enter_guest() {
  local room=$1
  mount -t proc proc /proc
  mount -t tmpfs tmpfs "$room/dev"
  mknod "$room/dev/disk" b 98 0
  mount -t ext4 -o noatime "$room/dev/disk" "$room/disk" || return 1
  # shellcheck source=/dev/null
  source "$room/setup"
}

# In the guest: switches it off.
halt_guest() {
  echo o >/proc/sysrq-trigger
  sleep infinity
}

# prepare_guest BUSBAR SIZE: makes `room`, which both sides see, and an empty disk in it.
prepare_guest() {
  local need
  for need in linux.uml:user-mode-linux mkfs.ext4:e2fsprogs python3:python3; do
    command -v "${need%:*}" >/dev/null || { echo "needs ${need%:*}; try: apt-get install ${need#*:}" >&2; exit 2; }
  done
  room=$(mktemp --directory --tmpdir disk-guest.XXXXXX)
  trap '[[ -z $guest ]] || kill_guest; rm -rf "$room"' EXIT
  mkdir "$room/dev" "$room/disk"
  ln -s "$(realpath "$0")" "$room/init"
  {
    export -p
    echo "busbar=$(realpath "$1") python=$(command -v python3) here=$here"
  } >"$room/setup"
  truncate --size "$2" "$room/image"
  mkfs.ext4 -q -F "$room/image"
}

# boot_guest [ARG...]: starts it; its process is `guest`.
boot_guest() {
  TMPDIR='' linux.uml quiet loglevel=1 mem=256M rootfstype=hostfs rootflags=/ rw uml_dir="$room/" umid=uml \
    ubd0="$room/image" con=null con0=null,fd:1 init="$room/init" -- --inside "$room" "$@" \
    </dev/null >"$room/boot" 2>&1 &
  guest=$!
}

# As a power cut does.
kill_guest() {
  pkill -9 -P "$guest" 2>/dev/null
  kill -9 "$guest" 2>/dev/null
  wait "$guest" 2>/dev/null
  guest=
}
