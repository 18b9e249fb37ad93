#!/bin/sh
# A simulated battery goes on a bus that has none, and on no other.
. "$(dirname "$0")/expect.sh"

transmit() {  # transmit BATTERY: in the background, as `listen` does
  : >"$out"
  : >"$err"
  env --default-signal=INT "$busbar" simulate "$1" --transmit vcan0 >>"$out" 2>>"$err" &
  listener=$!
}

candump -L vcan0 >"$TMPDIR/heard" 2>/dev/null &
candump=$!
transmit rec-q
within 30 grep -q listening "$err"
expect 'nothing is sent while it listens' 0 "$(sent)"
within 30 grep -q SENDING "$err"
expect_line 'it says what it sends' '^vcan0: SENDING the frames of a simulated rec-q' "$err"
sleep 6
within 30 grep -q '35A#A8A082000000800A' "$TMPDIR/heard"
expect_line "the REC Q's alarms are on the bus" '35A#A8A082000000800A' "$TMPDIR/heard"
stop INT
expect_status 'Ctrl-C ends it well' 0
expect_line 'it counts what it sent' "^vcan0: $(sent) frames sent, 0 dropped" "$err"

# A battery that is there already.
(while :; do cansend vcan0 351#1F01BC02E803E700; sleep 0.3; done) &
battery=$!
before=$(sent)
run simulate rec-q --transmit vcan0
expect_status 'it refuses a bus with a battery' 1
expect_line 'and says why' 'a battery is on this bus \(351\); nothing was sent' "$err"
kill $battery
wait $battery 2>/dev/null

# A battery that comes later.
transmit rec-q
within 30 grep -q SENDING "$err"
sleep 1
cansend vcan0 356#AAAA00002701
within 30 ended
wait "$listener"
expect 'it ends when another battery comes' 1 $?
expect_line 'and says so' 'another battery has come to this bus \(356\)' "$err"

run simulate rec-q --transmit lo
expect_status 'no other interface will do' 2
kill $candump
finish
