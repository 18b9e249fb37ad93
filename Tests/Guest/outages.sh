#!/bin/sh
# An interface that goes down, or goes away, is told and waited for; busbar goes on when it is back.
. "$(dirname "$0")/expect.sh"

down='^vcan0: .*went down'
gone='^vcan0: .*(down|gone|removed|deleted|disappeared|went away)'
again='^vcan0: .*(up|back) again'

frame_arrives() {  # frame_arrives WHEN IDENTIFIER
  within 30 listeners 1 vcan0
  cansend vcan0 "$2#0102"
  expect_soon "a frame $1" "\"id\":\"$2\"" "$out"
  : >"$err"  # what comes next is told anew
}

add_vcan0() { ip link add vcan0 type vcan && ip link set vcan0 up; }

listen vcan0
frame_arrives 'before' 701

ip link set vcan0 down
expect_soon 'going down is told' "$down" "$err"
ip link set vcan0 up
expect_soon 'coming up is told' "$again" "$err"
frame_arrives 'after down and up' 702

# Up before anybody could look: the socket's error (ENETDOWN) is the only trace.
ip link set vcan0 down
ip link set vcan0 up
expect_soon 'a short outage is told' "$down" "$err"
expect_soon 'its end is told' "$again" "$err"
frame_arrives 'after a short outage' 703

ip link delete vcan0
expect_soon 'removal is told' "$gone" "$err"
add_vcan0
expect_soon 'return is told' "$again" "$err"
frame_arrives 'after removal and return' 704

ip link set vcan0 down
expect_soon 'going down is told once more' "$down" "$err"
ip link delete vcan0
add_vcan0
expect_soon 'return from both is told' "$again" "$err"
frame_arrives 'after down, removal and return' 705

stop INT
expect_status 'it ends well' 0
expect_line 'the summary counts across outages' '^vcan0: 5 frames, 0 lost' "$err"

listen vcan0
ip link delete vcan0
expect_soon 'removal is told again' "$gone" "$err"
stop TERM
expect_status 'it ends well with no interface left' 0
finish
