#!/bin/sh
# A bit rate, a controller's state, and the very bytes on the wire: the kernel's slcan driver on a pseudo-terminal
# whose other end, descriptor 5, plays the adapter.
. "$(dirname "$0")/expect.sh"

exec 5<>/dev/ptyp0
stty -F /dev/ttyp0 raw -echo
slcand -F /dev/ttyp0 slcan0 >/dev/null 2>&1 &
slcand=$!
within 30 test -e /sys/class/net/slcan0
cat <&5 >"$TMPDIR/wire" 2>/dev/null &
ip link set slcan0 up type can bitrate 250000 listen-only on

adapter_says() { printf '%s\r' "$1" >&5; }

listen slcan0
adapter_says t35181F01BC02E803E700
expect_soon 'a frame' '"bus":"slcan0","id":"351".*"charge_voltage_limit":28\.7' "$out"
adapter_says e1s
expect_soon 'a stuff error is told' '^slcan0: .*stuff' "$err"
adapter_says sp000128
expect_soon 'error-passive is told' '^slcan0: .*passive' "$err"
# A gateway that starts now hears no error frame of it: the kernel is asked.
cat >"$TMPDIR/busbar.yaml" <<YAML
batteries:
  - id: house
    source: slcan0
signalk: stdout
state_folder: $TMPDIR/state
status_socket: $TMPDIR/status.sock
YAML
"$busbar" run --config "$TMPDIR/busbar.yaml" >/dev/null 2>"$TMPDIR/gateway" &
gateway=$!
expect_soon 'error-passive is known from the start' 'not heard since .*error-passive' "$TMPDIR/gateway"
kill $gateway
wait $gateway

adapter_says sb000256  # the interface stays up, without carrier
expect_soon 'bus-off is told' '^slcan0: .*bus.?off' "$err"
adapter_says t3566320A00002701
expect_soon 'a frame after all that' '"id":"356"' "$out"

# The monitor knows the interface's bit rate without being told; of an unknown battery nothing is assumed.
exec 6<>/dev/ptyp1
stty -F /dev/ttyp1 rows 30 cols 120
cat <&6 >"$TMPDIR/picture" 2>/dev/null &
TERM=xterm "$busbar" monitor slcan0 <>/dev/ttyp1 >&0 2>&1 &
monitor=$!
within 30 test -s "$TMPDIR/picture"
frames=2
load_is_shown() {
  adapter_says t7008000000000000000
  frames=$((frames + 1))
  sleep 0.3
  tr '\033' '\n' <"$TMPDIR/picture" >"$TMPDIR/lines"
  grep -Eq "$load" "$TMPDIR/lines"
}
load='load [0-9.]+ % of 250 kbit/s *$'
within 10 load_is_shown
expect_line 'the load is a share of the bit rate' "$load" "$TMPDIR/lines"
within 30 has_received $frames
kill $monitor
wait $monitor

kill $slcand  # the adapter is unplugged
expect_soon 'removal is told' '^slcan0: .*(down|gone|removed|deleted|disappeared|went away)' "$err"
stop INT
expect_status 'it ends well' 0
expect_line 'the summary' "^slcan0: $frames frames, 0 lost" "$err"
expect 'the wire saw commands only: close, 250 kbit/s, listen, close' 'C S5 L C ' "$(tr '\r' ' ' <"$TMPDIR/wire")"
finish
