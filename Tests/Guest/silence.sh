#!/bin/sh
# Listening sends nothing: the interface's own count of frames sent is that of this test.
. "$(dirname "$0")/expect.sh"

expect 'before busbar' 0 "$(sent)"
listen vcan0
sleep 2
expect 'after two seconds of listening' 0 "$(sent)"
for frame in 351#1F01BC02E803E700 355#320064008813 123#R 7FF#0102 18FF50E5#00; do cansend vcan0 $frame; done
within 30 has_received 4
expect 'after five frames of this test' 5 "$(sent)"
stop INT
expect 'after busbar' 5 "$(sent)"
finish
