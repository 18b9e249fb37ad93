#!/bin/sh
# However the monitor ends, the terminal is left as it was found.
. "$(dirname "$0")/terminal.sh"
rounds 100 >"$work/house.log"
cd "$work"

# Runs the monitor between two looks at the terminal's settings, and ends it in a way.
check() {
  name=$1 status=$2
  shift 2
  begin 80 24 'echo before; stty -a >before; "$BUSBAR" monitor house.log; echo "status $?"; stty -a >after'
  wait_for 'q quit'
  "$@"
  wait_for "status $status"
  sleep 0.3
  diff "$work/before" "$work/after" || fail "$name: stty has changed"
  wait_until_gone 'q quit'
  screen | grep -q before || fail "$name: what stood on the screen is not back"
  # The cursor is shown again, and lines wrap again.
  expect_equal "$($tmux display-message -p '#{cursor_flag} #{wrap_flag} #{alternate_on}')" '1 1 0' "$name"
  rm -f before after
}

monitor() { pgrep -n -f "$busbar monitor house.log"; }
end_by() { kill -"$1" "$(monitor)"; }

check 'q' 0 press q
check 'Ctrl-C' 0 press C-c
check 'Ctrl-\' 0 press 'C-\'
check 'SIGTERM' 0 end_by TERM
check 'SIGHUP' 0 end_by HUP

# Ctrl-Z shows what was there before; fg comes back to the picture, also at another size.
begin 80 24 'stty -a >before; "$BUSBAR" monitor house.log; stty -a >after'
wait_for 'q quit'
press C-z
wait_for Stopped
wait_until_gone 'q quit'
expect_equal "$($tmux display-message -p '#{cursor_flag} #{alternate_on}')" '1 0' 'while stopped'
enter 'stty -a >stopped'
sleep 0.5
diff "$work/before" "$work/stopped" || fail 'stty while stopped'
$tmux resize-window -x 100 -y 30
enter fg
wait_for 'q quit'
expect_equal "$(screen | wc -l)" 30 'the lines after fg'
expect_equal "$($tmux display-message -p '#{cursor_flag} #{alternate_on}')" '0 1' 'after fg'
press q
wait_until_gone 'q quit'
$tmux resize-window -x 80 -y 24
sleep 0.5
# The size is no setting of the monitor's.
sed 's/rows [0-9]*; columns [0-9]*;//' before >a
sed 's/rows [0-9]*; columns [0-9]*;//' after >b
diff a b || fail 'stty after Ctrl-Z, fg and q'

# Somebody stops it without asking (kill -STOP): after fg the picture is whole.
begin 80 24 '"$BUSBAR" monitor house.log'
wait_for 'q quit'
kill -STOP "$(monitor)"
sleep 0.5
enter fg
wait_for 'q quit'
press q
wait_until_gone 'q quit'

# The terminal goes away, as a dead ssh does: the monitor does not stay behind.
begin 80 24 '"$BUSBAR" monitor house.log'
wait_for 'q quit'
process=$(monitor)
$tmux kill-server
tries=0
while kill -0 "$process" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo "the monitor outlives its terminal" >&2; exit 1; }
  sleep 0.1
done
exit 0
