#!/bin/sh
# Nothing is lost: a thousand frames a second, a burst, and (only measured) the most that the guest can carry.
. "$(dirname "$0")/expect.sh"

now() { cut -d ' ' -f 1 /proc/uptime; }

play() {  # play COUNT ARGUMENT...: lets busbar listen while canplayer, told so, sends so many frames
  count=$1
  shift
  listen vcan0
  before=$(sent)
  started=$(now)
  canplayer "$@"
  played=$(now)
  within 30 has_received "$count"
  decoded=$(now)
  stop INT
  offered=$(($(sent) - before))
}

rec_log 20000 1000 >"$TMPDIR/steady.log"
play 20000 -I "$TMPDIR/steady.log"
expect '1,000 frames a second for 20 s: sent' 20000 "$offered"
expect '1,000 frames a second for 20 s: received' 20000 "$(received)"
expect '1,000 frames a second for 20 s: lost' 0 "$(lost)"

rec_log 5000 0 >"$TMPDIR/burst.log"
play 5000 -t -I "$TMPDIR/burst.log"
expect 'a burst of 5,000: received' 5000 "$(received)"
expect 'a burst of 5,000: lost' 0 "$(lost)"

# The most: one processor reads the log, sends, delivers and decodes.
listen vcan0
before=$(sent)
started=$(now)
canplayer -t -l 6 -I "$TMPDIR/burst.log"
played=$(now)
settle  # which takes a second to see that nothing more comes
decoded=$(now)
stop INT
offered=$(($(sent) - before))
awk -v started="$started" -v played="$played" -v decoded="$decoded" \
  -v offered="$offered" -v received="$(received)" -v lost="$(lost)" 'BEGIN {
    printf "# the most: %d frames sent at %d a second, %d decoded at %d a second, %d lost\n",
      offered, offered / (played - started), received, received / (decoded - started - 1), lost
  }'
finish
