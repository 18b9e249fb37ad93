#!/bin/sh
# The seven frames of a REC BMS arrive decoded, and frames that nobody knows arrive as they are.
. "$(dirname "$0")/expect.sh"

second() { date -u +%Y-%m-%dT%H:%M:%S; }

before=$(second)
listen vcan0
for frame in 380#31512D3138343500 351#1F01BC02E803E700 355#320064008813 356#320A00002701 \
  35A#A8A082000000800A 35E#5245432D424D5300 35F#0000020664000000 7FF#0102 18FF50E5#; do
  cansend vcan0 $frame
done
within 30 has_received 9
after=$(second)z  # any fraction of that second is before it
expect 'every frame is a line, at once' 9 "$(received)"

expect_line '351 is the line of the specification' '^\{"time":"[-0-9]{10}T[:0-9]{8}\.[0-9]{6}Z","bus":"vcan0",'\
'"id":"351","message":"Limits","values":\{"charge_voltage_limit":28\.7,"charge_current_limit":70\.0,'\
'"discharge_current_limit":100\.0,"discharge_voltage_limit":23\.1\}\}$' "$out"

while read -r id value; do
  expect_line "$id has $value" "\"id\":\"$id\",\"message\":.*${value}[,}]" "$out"
done <<'TABLE'
380 :"1Q-1845"
355 "state_of_charge":50(\.0+)?
355 "state_of_health":100(\.0+)?
356 "voltage":26\.10?
356 "current":0\.0
356 "temperature":29\.5
35A "system_status":"online"
35A "alarm_high_voltage":"inactive"
35E "manufacturer":"REC-BMS"
35F "firmware":"2\.6"
35F "capacity_[a-z]+":100
7FF null,"data":"0102"
18FF50E5 null,"data":""
TABLE

{ echo "$before"; cut -d '"' -f 4 "$out"; echo "$after"; } | sort -C
expect 'the times are of this test, in order' 0 $?

stop INT
expect_status 'SIGINT ends it well' 0
expect_line 'the summary says what came' '^vcan0: 9 frames, 0 lost' "$err"

listen vcan0
stop TERM
expect_status 'SIGTERM ends it well' 0
expect_line 'a summary of nothing' '^vcan0: 0 frames, 0 lost' "$err"
finish
