#!/bin/sh
# What busbar decodes live is what it decodes from candump's recording of the same frames.
. "$(dirname "$0")/expect.sh"

rec_log 300 5000 >"$TMPDIR/played.log"
listen vcan0
(cd "$TMPDIR" && exec candump -l vcan0 >candump.out 2>&1) &
candump=$!
within 30 listeners 2 vcan0
canplayer -I "$TMPDIR/played.log"
within 30 has_received 300
stop INT
kill $candump
wait $candump

cp "$out" "$TMPDIR/live"
run decode "$TMPDIR"/candump-*.log --format json --dialect rec
expect_status 'decoding the recording ends well' 0
expect 'all frames came live' 300 "$(wc -l <"$TMPDIR/live")"

values() { sed -E 's/^\{"time":[^,]*,"bus":[^,]*,//' "$1" >"$1.values"; }
values "$TMPDIR/live"
values "$out"
expect 'the values are the same' '' "$(diff "$TMPDIR/live.values" "$out.values" | head -n 3)"

# Even the times are: both are the kernel's time of receipt, cut to microseconds, not the time of reading.
expect 'the times are the same' '' "$(diff "$TMPDIR/live" "$out" | head -n 3)"
finish
