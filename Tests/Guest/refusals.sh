#!/bin/sh
# What cannot be listened to is refused, with a status that says on whose side it is and a line that says why.
. "$(dirname "$0")/expect.sh"

refused() {  # refused SOURCE STATUS PATTERN
  run decode "$1"
  expect_status "$1: status" "$2"
  expect_line "$1: says why" "$3" "$err"
  expect "$1: lines on stderr" 1 "$(wc -l <"$err")"
  expect "$1: lines on stdout" 0 "$(received)"
}

refused can9 2 can9  # there is none
refused lo 2 lo      # it is not CAN
ip link set vcan0 down
refused vcan0 3 'vcan0.*down'
ip link set vcan0 up

# Raw CAN needs no privilege. A receive buffer beyond the limit does (SO_RCVBUFFORCE), and is done without.
listen vcan0 setpriv --bounding-set -net_admin,-net_raw
cansend vcan0 351#1F01BC02E803E700
expect_soon 'listens without privilege' '"id":"351"' "$out"
stop INT
expect_status 'ends well without privilege' 0

ip link delete vcan0
rmmod slcan vcan can_raw can_dev can
refused can0 3 'kernel|support|module'  # a machine without CAN
finish
