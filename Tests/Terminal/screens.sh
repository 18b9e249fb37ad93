#!/bin/sh
# The real program in a real terminal: what it shows, its keys, its colours, another size.
. "$(dirname "$0")/terminal.sh"
rounds 20 >"$work/house.log"
cd "$work"

# A picture without what depends on how fast the machine is.
steady() { sed 's/17:00:[0-9]*//; s|[0-9.]*/s  load [0-9.]* %||' "$@"; }

# A log that has been played to its end stands still, so that the whole screen can be compared.
begin 80 24 '"$BUSBAR" monitor --speed max house.log'
wait_for ENDED
wait_for 'q quit'
screen >"$work/seen"
sed 's/house.log  /can0  /' "$work/seen" | grep -q 'REC Q, firmware 2.6 (dialect rec, 99 % sure)' ||
  fail 'the title'
expect_equal "$(sed -n '8p' "$work/seen" | cut -c1-64)" \
  ' ID  Message        Period  Count  Data                    Value' 'the heading'
expect_equal "$(sed -n '9p' "$work/seen")" \
  ' 351 Limits         1.00 s     20  38 02 BC 02 E8 03 CE 01 CVL 56.8 V, CCL 70.0' 'a message'
expect_equal "$(sed -n '23p' "$work/seen" | cut -c1-34)" \
  ' Bus  0 lost  0 errors  180 frames' 'the bus'
expect_equal "$(wc -l <"$work/seen")" 24 'the lines'

# Changed bytes are marked in colour; the bar is green.
screen -e >"$work/colours"
grep -q "$(printf '\033\\[7m\033\\[33m')" "$work/colours" || fail 'no changed byte is marked'
grep -q "$(printf '\033\\[32m')" "$work/colours" || fail 'the bar has no colour'

# Keys.
press /
press c e l l
wait_for 'Filter: cell_'
wait_until_gone '^ 351'
press Escape
wait_for '^ 351'
press Down
wait_for '^>351'
press j d
wait_for 'byte 7\|byte 5'
wait_for 'StateOfCharge  on can0  6 bytes'
# The alarms are more than fit.
press j j
wait_for '1 to 18 of 27 signals'
press PageDown
wait_for 'WarningCellImbalance'
press d p
wait_for PAUSED
press p
wait_until_gone PAUSED
press '?'
wait_for 'Positive current charges the battery'
press '?'

# Another size, and one that is too small.
$tmux resize-window -x 120 -y 40
wait_for 'Limits  .* DVL 46.2 V'
expect_equal "$(screen | wc -l)" 40 'the lines after growing'
$tmux resize-window -x 40 -y 10
wait_for '40x10 is too small'
$tmux resize-window -x 80 -y 24
wait_for '^ 351'
screen | sed 's/^>/ /' >"$work/again"
diff "$work/seen" "$work/again" || fail 'not the same picture at the same size'
press q
wait_for '^\$ $\|^\$$'

# NO_COLOR: the same screen without a colour.
begin 80 24 'NO_COLOR=1 "$BUSBAR" monitor --speed max house.log'
wait_for ENDED
screen -e | grep -q "$(printf '\033\\[3[0-7]m')" && fail 'there are colours in spite of NO_COLOR'
steady "$work/seen" >"$work/one"
screen | steady | diff "$work/one" - || fail 'NO_COLOR changes more than colours'

# Without UTF-8 there is only ASCII.
begin 80 24 'LANG=C "$BUSBAR" monitor --speed max house.log'
wait_for ENDED
screen | LC_ALL=C grep -q '[^ -~]' && fail 'more than ASCII without UTF-8'

# An alarm, live: the log is replayed as it was recorded.
rounds 30 98A0820000008009 >"$work/alarm.log"
begin 80 24 '"$BUSBAR" monitor alarm.log'
wait_for 'ALARM     low voltage since 17:00:0'
wait_for 'Warning   cell imbalance since'
# The picture stands still, and what it does not show is counted.
press p
wait_for 'PAUSED, [0-9]* frames since'
exit 0
