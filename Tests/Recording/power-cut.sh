#!/usr/bin/env bash
#
# The power fails at random moments: a user-mode Linux guest with an ext4 disk of its own is killed while it
# records. After each cut the disk is mounted again, the store opens, verifies, and holds every frame that was
# committed before.
#
#     power-cut.sh BUSBAR [ROUNDS]    3 rounds without a number
set -u
here=$(dirname "$(realpath "$0")")
# shellcheck source=/dev/null
source "$here/disk-guest.sh"

# Process 1 of the guest: checks what the last cut left, then records until it is killed.
inside() {
  local room=$1 round=$2
  enter_guest "$room" || { echo 'no disk' >"$room/verified"; halt_guest; }
  local store=$room/disk/store.busbar
  if [[ -e $store ]]; then
    "$busbar" store verify --store "$store" >"$room/report" 2>&1
    echo $? >"$room/verified"
    "$busbar" export --store "$store" >"$room/export" 2>>"$room/report"
  else
    : >"$room/export"
    echo 0 >"$room/verified"
  fi
  sync "$room/export"
  echo recording >"$room/state"
  "$python" "$here/feed.py" $((round * 1000000)) |
    "$busbar" record - --store "$store" --commit-seconds 0.2 --verbose 2>"$room/said"
  echo ended >"$room/state"
  sleep infinity
}
if [[ ${1-} == --inside ]]; then inside "$2" "$3"; fi

(($#)) || { echo "usage: $0 BUSBAR [ROUNDS]" >&2; exit 2; }
prepare_guest "$1" 64M

fail() { echo "not ok round $round: $1"; [[ ! -s $room/report ]] || tail -n 20 "$room/report"; exit 1; }

: >"$room/committed"
rounds=${2:-3}
for ((round = 0; round <= rounds; round++)); do
  rm -f "$room/state" "$room/verified" "$room/export"
  : >"$room/said"
  boot_guest "$round"
  for ((wait = 0; wait < 1200; wait++)); do
    [[ ! -s $room/state ]] && kill -0 $guest 2>/dev/null || break
    sleep 0.1
  done
  [[ -s $room/state ]] || fail "the guest did not come up: $(tail -n 3 "$room/boot")"
  [[ $(<"$room/verified") == 0 ]] || fail 'the store does not verify'
  python3 - "$here" "$room/export" "$room/committed" <<'PYTHON' || fail 'a committed frame is missing'
import sys
sys.path.insert(0, sys.argv[1])
from feed import line
lines = open(sys.argv[2]).readlines()
place = 0
for entry in open(sys.argv[3]):
    first, committed = map(int, entry.split())
    count = 0
    while place + count < len(lines) and lines[place + count] == line(first + count):
        count += 1
    if count < committed:
        sys.exit('of %d committed frames from %d on, %d are there' % (committed, first, count))
    place += count
if place != len(lines):
    sys.exit('a frame that nobody sent: ' + lines[place])
PYTHON
  frames=$(wc -l <"$room/export")
  ((round < rounds)) || break
  # Most rounds are cut at a random moment after some commits, some before the first.
  commits=$((RANDOM % 8 ? 3 : 0))
  for ((wait = 0; wait < 200; wait++)); do
    (($(grep -c 'on the disk' "$room/said") < commits)) || break
    sleep 0.05
  done
  sleep "$((RANDOM % 2)).$((RANDOM % 10))$((RANDOM % 10))"
  kill_guest
  # The first record of a run is the event that it started.
  told=$(grep -o '[0-9]* records on the disk' "$room/said" | tail -n 1 | cut -d ' ' -f 1)
  echo "$((round * 1000000)) $((${told:-1} - 1))" >>"$room/committed"
done
kill_guest
echo "ok $rounds power cuts: verified after each, $frames frames, none that was committed is missing"
