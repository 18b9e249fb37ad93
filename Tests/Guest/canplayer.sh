#!/bin/sh
# canplayer sends the very frames of a log that busbar convert wrote: short and long identifiers, remote requests.
. "$(dirname "$0")/expect.sh"

cat >"$TMPDIR/bus.asc" <<'LOG'
date Fri Dec 27 03:34:56.916 am 2024
base hex  timestamps absolute
internal events logged
Begin Triggerblock Fri Dec 27 03:34:56.916 am 2024
   0.000858 1  351             Rx   d 8 1F 01 BC 02 E8 03 E7 00
   0.001000 1  18FF50E5x       Rx   d 2 01 02
   0.002000 1  305             Rx   r 8
   0.003000 1  7FF             Rx   d 0
   0.004000 1  0               Rx   r 0
   0.005000 1  1FFFFFFFx       Tx   d 1 FF
End TriggerBlock
LOG
run convert "$TMPDIR/bus.asc" "$TMPDIR/bus.log" --to candump
expect_status 'the log is converted' 0

candump -L vcan0 >"$TMPDIR/heard" &
within 30 listeners 1 vcan0
canplayer -g 0 -I "$TMPDIR/bus.log" vcan0=can0
heard() { [ "$(wc -l <"$TMPDIR/heard")" -ge 6 ]; }
within 30 heard
expect 'candump hears what the log holds' \
  '351#1F01BC02E803E700 18FF50E5#0102 305#R8 7FF# 000#R 1FFFFFFF#FF' \
  "$(cut -d ' ' -f 3 "$TMPDIR/heard" | paste -sd ' ' -)"

# What candump wrote is the same again after it went through busbar.
run convert "$TMPDIR/heard" "$TMPDIR/again.log" --to candump
cmp "$TMPDIR/heard" "$TMPDIR/again.log"
expect 'a log of candump stays as it is' 0 $?
finish
