# The words that scenarios are written in. A scenario begins with
#
#     . "$(dirname "$0")/expect.sh"
#
# and ends with `finish`. It runs inside the guest of scripts/can-guest, where vcan0 is up and TMPDIR is its
# own, and gets the path of the busbar executable as its first argument.
# shellcheck shell=sh

busbar=${1:?usage: $0 BUSBAR}
out=$TMPDIR/out  # what busbar says on stdout
err=$TMPDIR/err  # and on stderr
failures=0
export LC_ALL=C  # for sort

# --- What was expected, what came

report() {  # report STATUS NAME EXPECTED CAME: a status of 0 is good
  if [ "$1" -eq 0 ]; then
    echo "ok $2"
  else
    echo "not ok $2: expected $3, came ${4:-nothing}"
    failures=$((failures + 1))
  fi
}

expect() {  # expect NAME EXPECTED CAME: they are the same
  [ "$2" = "$3" ]
  report $? "$1" "${2:-nothing}" "$3"
}

expect_line() {  # expect_line NAME PATTERN FILE: a line of it matches, whatever its case
  grep -Eiq -- "$2" "$3"
  report $? "$1" "a line like $2" "$(tail -n 5 "$3" | cut -c 1-200 | tr '\n' '|')"
}

expect_soon() {  # expect_soon NAME PATTERN FILE: within 30 s, since a busy machine's guest is slow
  within 30 grep -Eiq -- "$2" "$3"
  expect_line "$@"
}

finish() { exit $((failures > 0)); }

# --- Waiting

within() {  # within SECONDS COMMAND...: runs it until it succeeds; fails when the time is over
  tries=$(($1 * 10))
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}

settle() {  # settle [SECONDS]: until busbar has had nothing new to say for so long, a second without a number
  size=
  until [ "$size" = "$(stat -c %s "$out")" ]; do
    size=$(stat -c %s "$out")
    sleep "${1:-1}"
  done
}

# --- busbar

run() {  # run ARGUMENT...: to its end
  timeout 60 "$busbar" "$@" >"$out" 2>"$err"
  status=$?
}

listen() {  # listen INTERFACE [WRAPPER...]: starts to decode it; returns when the socket is there
  interface=$1
  shift
  : >"$out"
  : >"$err"
  # The shell starts background processes deaf to SIGINT; env gives them their ears back.
  env --default-signal=INT "$@" \
    "$busbar" decode "$interface" --format json --dialect rec >>"$out" 2>>"$err" &
  listener=$!
  within 30 listeners 1 "$interface" && return
  report 1 "listens to $interface" 'a socket within 30 s' "$(cat "$err")"
  finish
}

stop() {  # stop SIGNAL: ends what `listen` started
  kill -s "$1" "$listener"
  within 30 ended || kill -s KILL "$listener"
  wait "$listener"
  status=$?
}

running() { kill -0 "$listener" 2>/dev/null; }
ended() { ! running; }

expect_status() { expect "$1" "$2" "$status"; }  # expect_status NAME EXPECTED: after `run` or `stop`

received() { wc -l <"$out"; }  # frames on stdout
has_received() { [ "$(received)" -ge "$1" ]; }  # has_received COUNT
lost() { sed -n 's/.* \([0-9]*\) lost$/\1/p' "$err"; }  # frames, by the summary

# --- The bus

listeners() {  # listeners COUNT INTERFACE: so many sockets, or more, listen to it
  [ "$(grep -c "^ *$2 .* raw$" /proc/net/can/rcvlist_all)" -ge "$1" ]
}

sent() { cat /sys/class/net/vcan0/statistics/tx_packets; }  # frames on vcan0, by whomever

rec_log() {  # rec_log COUNT MICROSECONDS: a candump log as a REC BMS fills it, a frame every so often
  awk -v count="$1" -v gap="$2" 'BEGIN {
    kinds = split("380#31512D3138343500 351#1F01%04XE803E700 355#320064008813 356#320A%04X2701 " \
                  "35A#A8A082000000800A 35E#5245432D424D5300 35F#00000206%04X0000", frame, " ")
    for (i = 0; i < count; i++)
      printf "(%d.%06d) vcan0 " frame[i % kinds + 1] "\n", i * gap / 1000000, i * gap % 1000000, i % 65536
  }'
}
