#!/bin/sh
# The gateway tells of a lost battery, since when and why, waits for an interface, and hears it again.
. "$(dirname "$0")/expect.sh"

cat >"$TMPDIR/busbar.yaml" <<YAML
batteries:
  - id: house
    source: vcan0
  - id: starter
    source: can9
signalk: stdout
state_folder: $TMPDIR/state
status_socket: $TMPDIR/status.sock
YAML

start() {
  : >"$out"
  : >"$err"
  "$busbar" run --config "$TMPDIR/busbar.yaml" >>"$out" 2>>"$err" &
  gateway=$!
}

stop_speaking() { kill $speaker; wait $speaker 2>/dev/null; }
speak() {  # a REC battery, a round every 0.5 s
  (while :; do
    for frame in 380#31512D3138343500 351#1F01BC02E803E700 355#320064008813 356#320A00002701 \
      35A#A8A082000000800A 35E#5245432D424D5300 35F#0000020664000000; do
      cansend vcan0 $frame 2>/dev/null
    done
    sleep 0.4
  done) &
  speaker=$!
}

house='electrical.batteries.house'
lost="notifications.$house.communication\",\"value\":\\{\"message\":\"House battery: not heard since .*"

start
speak
expect_soon 'the dialect is found' 'source vcan0 \(house\): dialect rec' "$err"
expect_soon 'the voltage arrives' "$house.voltage\",\"value\":26.1" "$out"
expect_soon 'an interface that is not there is waited for' 'source can9 \(starter\): not heard .*can9' "$err"
expect_soon 'the dialect is kept' 'rec' "$TMPDIR/state/house.dialect.json"
"$busbar" status --socket "$TMPDIR/status.sock" >"$TMPDIR/status"
expect 'status 1 says that a part does not work' 1 $?
expect_line 'the source works' '^source +vcan0 +house +working .*dialect rec' "$TMPDIR/status"
expect_line 'the other does not' '^source +can9 +starter +failing' "$TMPDIR/status"

ip link set vcan0 down
expect_soon 'an interface that goes down is told' 'source vcan0 \(house\): not heard since .*Z: the interface is down' "$err"
expect_soon 'and notified' "$lost: the interface is down" "$out"
within 30 grep -q "$house.voltage\",\"value\":null" "$out"
expect_line 'values go absent' "$house.voltage\",\"value\":null" "$out"
expect 'it is told once' 1 "$(grep -c 'the interface is down' "$err")"
: >"$out"
ip link set vcan0 up
within 30 grep -q 'recovered after' "$err"
expect_line 'recovery is told' 'source vcan0 \(house\): recovered after .* \(the interface is down\)' "$err"
expect_soon 'the notification ends' "House battery: heard\",\"method\":\[\],\"state\":\"normal\"" "$out"
expect_soon 'values come back' "$house.voltage\",\"value\":26.1" "$out"

# The battery falls silent, and somebody else talks on.
: >"$err"
stop_speaking
(while :; do cansend vcan0 18FF50E5#0102; sleep 0.3; done) &
other=$!
within 30 grep -q 'BMS is silent' "$err"
expect_line 'a silent BMS is told from a silent bus' 'not heard since .*the BMS is silent while others talk' "$err"
expect_soon 'and notified so' "$lost: the BMS is silent while others talk" "$out"
kill $other

# A controller in trouble, as its driver tells it.
cansend vcan0 20000040#0000000000000000
expect_soon 'bus-off is told' 'left the bus' "$err"
cansend vcan0 20000100#0000000000000000
speak
within 30 grep -q 'recovered after' "$err"
expect_line 'recovery from it is told' 'recovered after' "$err"

kill -TERM $gateway
wait $gateway
expect 'SIGTERM ends it well' 0 $?

start
expect_soon 'the dialect is that of the last run' 'source vcan0 \(house\): dialect rec, as last time' "$err"
ip link add can9 type vcan && ip link set can9 up
expect_soon 'the interface that was waited for is opened' 'source can9 \(starter\): open' "$err"
within 30 grep -q 'starter.*no frames' "$err"
expect_line 'and that nobody talks there is told' 'source can9 \(starter\): not heard since .*no frames' "$err"
kill -INT $gateway 2>/dev/null
kill -TERM $gateway
wait $gateway
expect 'it ends well once more' 0 $?
stop_speaking
finish
