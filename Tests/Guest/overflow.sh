#!/bin/sh
# Frames that the kernel had to drop, because nobody fetched them, are counted and told.
. "$(dirname "$0")/expect.sh"

rec_log 10000 0 >"$TMPDIR/burst.log"
listen vcan0
before=$(sent)
kill -s STOP "$listener"
canplayer -t -l 5 -I "$TMPDIR/burst.log"
kill -s CONT "$listener"
settle 3  # a frame that comes too early would be lost after the last count

# The kernel's count (SO_RXQ_OVFL) comes with the next frame that fits.
for frame in 351#1F01BC02E803E700 355#320064008813 356#320A00002701; do cansend vcan0 $frame; done
expect_soon 'the loss is told' '^vcan0: [1-9][0-9]* frames lost' "$err"
stop INT

expect 'received and lost are what was sent' "$(($(sent) - before))" "$(($(received) + $(lost)))"
expect_line 'the summary says so' "^vcan0: $(received) frames, [1-9][0-9]* lost" "$err"
echo "# $(received) received, $(lost) lost"
finish
