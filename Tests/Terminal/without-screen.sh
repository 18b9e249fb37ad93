#!/bin/sh
# Without a terminal to draw on there are lines, and not one escape sequence.
. "$(dirname "$0")/terminal.sh"
rounds 4 >"$work/house.log"
cd "$work"
line='2021-04-08T17:00:0[0-9]Z SOC 63.5 %, 53.2[0-9] V, -23.0 A, -12[0-9]* W, 29.5 .*, CVL 56.8 V, CCL 70.0 A'

# A pipe.
"$busbar" monitor house.log | cat >piped
grep -q "^$line" piped || { cat piped >&2; exit 1; }
[ "$(wc -l <piped)" -le 6 ] || { echo 'more than a line a second' >&2; cat piped >&2; exit 1; }
# A pipe in, as from candump over ssh.
"$busbar" monitor --dialect rec - <house.log | grep -q "^$line"
# A reader that has enough.
"$busbar" monitor house.log | head -n 1 | grep -q .

# TERM=dumb.
begin 200 24 'TERM=dumb "$BUSBAR" monitor house.log | cat -v; echo done'
wait_for '^done'
begin 200 24 'TERM=dumb "$BUSBAR" monitor house.log; echo done'
wait_for '^done'
screen | grep -q "^$line" || fail 'TERM=dumb shows no line'
expect_equal "$($tmux display-message -p '#{alternate_on}')" 0 'TERM=dumb'
script -qec 'TERM=dumb "$BUSBAR" monitor --speed max house.log' /dev/null </dev/null >typed 2>&1 || :
grep -q "$(printf '\033')" typed && { echo 'an escape sequence with TERM=dumb' >&2; exit 1; }

# Frames on a pipe and a terminal to draw on: keys come from the terminal.
begin 80 24 '(cat house.log; exec sleep 60) | "$BUSBAR" monitor -'
wait_for 'REC Q, firmware 2.6'
press j
wait_for '^>351'
press q
wait_until_gone 'q quit'

# Wrong words end with one line and the terminal untouched.
begin 80 24 '"$BUSBAR" monitor; "$BUSBAR" monitor no-such.log; echo "status $?"'
wait_for 'status 2'
begin 80 24 '"$BUSBAR" monitor -; echo "status $?"'
wait_for 'status 2'
screen | grep -q 'standard input is a terminal' || fail 'no reason is given'
exit 0
