#!/usr/bin/env bash
#
# What a disk can do to a recording short of breaking: it is full, it is read-only, it does not answer. In a guest with
# an ext4 disk of its own.
#
#     disk-faults.sh BUSBAR [SECONDS]    how long the disk does not answer: 10 without a number
set -u
here=$(dirname "$(realpath "$0")")
# shellcheck source=/dev/null
source "$here/disk-guest.sh"

check() {  # check WHAT COMMAND...
  local what=$1
  shift
  if "$@"; then echo "ok $what"; else echo "not ok $what"; tail -n 5 "$room/said"; fi
}
within() {  # within SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  while ! "$@"; do ((SECONDS < end)) || return 1; sleep 0.1; done
}
said() { grep -q "$1" "$room/said"; }
told_again() { (($(grep -c 'records on the disk' "$room/said") > $1)); }
# whole STORE COUNT: it verifies, and holds the numbers of the feed from 0 on, once and in order, at least COUNT.
whole() {
  "$busbar" store verify --store "$1" >"$room/verified" 2>&1 || { cat "$room/verified"; return 1; }
  "$busbar" export --store "$1" | "$python" -c "
import sys
count = 0
for count, line in enumerate(sys.stdin, 1):
    if not line.endswith('#%016X\\n' % (count - 1)): sys.exit('not frame %d: %s' % (count - 1, line))
print('   ', count, 'frames without a hole')
sys.exit(count < $2)"
}
record() {  # record SOURCE
  : >"$room/said"
  "$busbar" record "$1" --store "$store" --commit-seconds 0.2 --verbose <"$room/tmp/pipe" 2>"$room/said" &
  recorder=$!
}

full() {
  local store=$room/disk/full.busbar before feeder
  record -
  "$python" "$here/feed.py" 0 >"$room/tmp/pipe" &
  feeder=$!
  within 30 told_again 2
  dd if=/dev/zero of="$room/disk/filler" bs=64k 2>/dev/null
  check 'a full disk is said' within 30 said 'the disk is full; make room'
  check 'what was recorded until then can be read' whole "$store" 1000
  before=$(grep -c 'records on the disk' "$room/said")
  rm "$room/disk/filler"
  check 'recording goes on when there is room' within 30 told_again "$before"
  check 'that is said' said 'the store can be written again'
  kill $feeder
  wait $recorder
  check 'nothing is missing' whole "$store" 10000
}

read_only() {
  local store=$room/disk/full.busbar
  mount -o remount,ro "$room/disk"
  check 'a recording on a read-only disk can be read' whole "$store" 10000
  "$busbar" record - --store "$store" </dev/null 2>"$room/said"
  check 'recording to it ends with status 3' test $? = 3
  check 'that says why' said 'cannot be written; look at'
  mount -o remount,rw "$room/disk"
}

# A device-mapper device keeps every request while it is suspended. The source is one that does not wait: a
# socketcand server.
stall() {
  local store=$room/disk/stall.busbar feeder
  umount "$room/disk"
  insmod "/usr/lib/uml/modules/$(uname -r)/kernel/drivers/md/dm-mod.ko"
  echo "0 $(blockdev --getsz "$room/dev/disk") linear 98:0 0" | DM_DISABLE_UDEV=1 dmsetup create slow
  mount -t ext4 -o noatime /dev/mapper/slow "$room/disk" || { echo 'not ok no device'; return; }
  "$python" "$here/feed.py" 0 8000 29536 &
  feeder=$!
  within 10 grep -q ':7360 ' /proc/net/tcp  # it listens
  record socketcand://127.0.0.1:29536/can0 3<>"$room/tmp/pipe"
  within 30 told_again 2
  dmsetup suspend --nolockfs --noflush slow
  sleep "$1"
  dmsetup resume slow
  sleep 2
  kill $recorder
  wait $recorder
  kill $feeder
  check "a disk that does not answer for $1 s loses nothing at 8,000 frames a second" whole "$store" $((8000 * $1))
  check 'nothing was counted as lost' said '; 0 not stored'
}

if [[ ${1-} == --inside ]]; then
  room=$2
  if enter_guest "$room"; then
    mkdir "$room/tmp"
    mount -t tmpfs tmpfs "$room/tmp"
    mkfifo "$room/tmp/pipe"
    ip link set lo up
    { full; read_only; stall "$3"; echo end; } >"$room/result" 2>&1
  fi
  umount "$room/disk"
  halt_guest
fi

(($#)) || { echo "usage: $0 BUSBAR [SECONDS]" >&2; exit 2; }
command -v dmsetup >/dev/null || { echo 'needs dmsetup; try: apt-get install dmsetup' >&2; exit 2; }
prepare_guest "$1" 24M
boot_guest "${2:-10}"
wait "$guest"
guest=
cat "$room/result"
grep -q '^end$' "$room/result" && ! grep -q '^not ok' "$room/result"
