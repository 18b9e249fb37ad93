# What the scenarios beside this file share: a tmux server of their own, waiting, comparing. Sourced.
#
# Every scenario is run as: SCENARIO PATH-OF-BUSBAR, from the repository's root.
set -eu
busbar=$1
work=$(mktemp -d)
servers=0
tmux="tmux -L busbar-$$-0 -f /dev/null"
trap '$tmux kill-server 2>/dev/null || :; rm -rf "$work"' EXIT
# What the person who runs this has set must not change what is seen.
unset NO_COLOR TMUX LC_ALL LC_CTYPE 2>/dev/null || :
export LANG=C.UTF-8 TZ=UTC

# Writes rounds of a REC Q as candump -l does: rounds COUNT [PAYLOAD OF 0x35A].
rounds() {
  round=0
  while [ "$round" -lt "$1" ]; do
    second=$((1617901200 + round))
    set -- "$1" "${2:-A8A082000000800A}"
    i=0
    for frame in 380#31512D3138343500 351#3802BC02E803CE01 355#3F006300CE18 \
      "356#$(printf '%02X' $((200 + round % 3)))141AFF2701" "35A#$2" 35E#5245432D424D5300 \
      35F#0000020664000000 373#EE0C0E0D26012901 "7AA#$(printf '%02X' $((round % 256)))0000"; do
      printf '(%d.%d00000) can0 %s\n' "$second" "$i" "$frame"
      i=$((i + 1))
    done
    round=$((round + 1))
  done
}

# Begins a terminal of COLUMNS ROWS that runs a command line, with $BUSBAR in it.
begin() {
  columns=$1 rows=$2
  shift 2
  $tmux kill-server 2>/dev/null || :
  # A server of its own each time: one that is ending would take the new session along.
  servers=$((servers + 1))
  tmux="tmux -L busbar-$$-$servers -f /dev/null"
  # A plain shell with job control, so that there is somebody to come back to.
  $tmux new-session -d -x "$columns" -y "$rows" -e BUSBAR="$busbar" \
    "exec env PS1='$ ' bash --norc --noprofile -i"
  wait_for '^\$'
  enter "$*"
}

enter() { $tmux send-keys -l -- "$1" && $tmux send-keys Enter; }
press() { $tmux send-keys "$@"; }
screen() { $tmux capture-pane -p "$@"; }

# Waits up to 20 s until a line of the screen matches a pattern.
wait_for() {
  tries=0
  until screen | grep -q -- "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "the screen never showed: $1"
    sleep 0.1
  done
}

# Waits up to 20 s until no line matches.
wait_until_gone() {
  tries=0
  while screen | grep -q -- "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "the screen still shows: $1"
    sleep 0.1
  done
}

fail() {
  echo "$1" >&2
  screen >&2 || :
  exit 1
}

expect_equal() { [ "$1" = "$2" ] || fail "$3: expected '$2', got '$1'"; }
