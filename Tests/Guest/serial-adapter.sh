#!/bin/bash
# busbar reads a serial adapter by itself: frames that the kernel's slcan driver writes for an adapter to send
# come out of busbar, byte for byte what cansend asked for. Between the two pseudo-terminals stands an adapter
# that answers busbar's commands and hands the kernel's frames over.
. "$(dirname "$0")/expect.sh"

exec 5<>/dev/ptyp0 6<>/dev/ptyp1
exec 7<>/dev/ttyp1 8<>/dev/ttyp0  # held open, so that the upper ends have no end
stty -F /dev/ttyp0 raw -echo
stty -F /dev/ttyp1 raw -echo
slcand -o -s5 -F /dev/ttyp0 slcan0 >/dev/null 2>&1 &
slcand=$!
within 30 test -e /sys/class/net/slcan0
ip link set slcan0 up

# bash's own `read -d` would change the settings of a terminal that it reads from; `cat` leaves them.
commands() {  # what busbar says to the adapter, and the answers
  while IFS= read -r -d $'\r' command; do
    printf '%s ' "$command" >>"$TMPDIR/commands"
    case $command in
      V) printf 'V1013\r' ;;
      N) printf 'NA123\r' ;;
      F) printf 'F00\r' ;;
      '' | X*) printf '\a' ;;
      *) printf '\r' ;;
    esac >&6
  done < <(cat <&6)
}
frames() {  # what the kernel says to the adapter: frames go to busbar
  while IFS= read -r -d $'\r' line; do
    case $line in
      [tTrR]*) printf '%s\r' "$line" >&6 ;;
    esac
  done < <(cat <&5)
}
commands &
frames &

: >"$out"
env --default-signal=INT "$busbar" decode 'slcan:/dev/ttyp1?bitrate=250000&timestamps=off' --format json \
  --dialect rec >>"$out" 2>>"$err" &
listener=$!
expect_soon 'the adapter is found' 'adapter V1013, NA123: only listening, at 250 kbit/s' "$err"
grep -q 'only listening' "$err" || { cat -A "$TMPDIR/commands"; finish; }
cansend slcan0 351#1F01BC02E803E700
expect_soon 'a frame of the kernel' '"bus":"ttyp1","id":"351".*"charge_voltage_limit":28\.7' "$out"
cansend slcan0 18FF50E5#0102
expect_soon 'an extended one' '"id":"18FF50E5","message":null,"data":"0102"' "$out"
cansend slcan0 123#R
for i in $(seq 50); do cansend slcan0 356#320A000027010000; done
within 30 has_received 52
settle
expect 'all of them' 50 "$(grep -c '"id":"356"' "$out")"
stop INT
expect_status 'it ends well' 0
expect_line 'the summary' '53 frames, 0 lost' "$err"
# A slow guest may be asked for its version once more, and for its flags.
expect 'nothing but settings and questions was said' '' \
  "$(tr ' ' '\n' <"$TMPDIR/commands" | grep -Evx 'C|V|S5|X1|Z0|N|L|F|')"
kill $slcand %2 %3
finish
