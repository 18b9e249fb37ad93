#!/bin/sh
# What a CAN controller says in error frames is told in words. On vcan0 anybody can send them.
. "$(dirname "$0")/expect.sh"

listen vcan0
while read -r frame words; do
  cansend vcan0 "$frame"
  expect_soon "$frame" "^vcan0: .*($words)" "$err"
  : >"$err"
done <<'TABLE'
20000204#0004000000000060 warning
20000204#0020000000008000 passive
20000040#0000000000000000 bus.?off
20000100#0000000000000000 restart
2000008C#0001000000000000 overflow|overrun
20000088#0000040000000000 stuff
20000088#0000020000000000 form
200000A8#0000001900000000 acknowledge
TABLE

cansend vcan0 351#1F01BC02E803E700
within 30 has_received 1
stop INT
expect 'a data frame after them, and nothing else on stdout' 1 "$(received)"
expect_status 'it ends well' 0
finish
