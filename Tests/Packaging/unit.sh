#!/bin/sh
# packaging/busbar.service, judged by systemd itself, and what busbar really asks of the kernel against it.
#
#   Tests/Packaging/unit.sh BUSBAR
set -eu
busbar=$(realpath "${1:?usage: $0 BUSBAR}")
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The unit names the place where the program will be.
sed "s#/usr/local/bin/busbar#$busbar#" packaging/busbar.service >"$folder/busbar.service"
systemd-analyze verify "$folder/busbar.service"
echo 'ok systemd accepts the unit'

# Exposure 0 (none) to 10; below 2 is what systemd calls OK. The threshold is in tenths.
systemd-analyze security --offline=true --threshold=25 --no-pager "$folder/busbar.service" | tail -n 1

# Every system call of a run, by name, must be one that the unit allows.
allowed() { systemd-analyze syscall-filter "$1" | sed -n 's/^ *\([a-z_0-9]*\)$/\1/p'; }
names() { # a set with the sets inside of it
  for word in $(systemd-analyze syscall-filter "$1" | grep -v '#' | sed 1d); do
    case $word in @*) names "$word" ;; *) echo "$word" ;; esac
  done
}
names @system-service | sort -u >"$folder/allowed"
{ names @privileged; names @resources; } | sort -u >"$folder/refused"
{
  comm -23 "$folder/allowed" "$folder/refused"
  sed -n 's/^SystemCallFilter=\([a-z_0-9]*\)$/\1/p' packaging/busbar.service
} | sort -u >"$folder/may"

mkdir "$folder/run" "$folder/state"
RUNTIME_DIRECTORY=$folder/run STATE_DIRECTORY=$folder/state \
  strace -f -qq -o "$folder/calls" timeout --preserve-status -s TERM 6 "$busbar" run --source Examples/rec-q.txt --loop \
  --signalk ws://127.0.0.1:9 2>"$folder/log" || { cat "$folder/log"; exit 1; }
sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' "$folder/calls" | sort -u >"$folder/asked"
# Starting a program is systemd's part.
comm -23 "$folder/asked" "$folder/may" | grep -v '^execve$' >"$folder/beyond" || true
if [ -s "$folder/beyond" ]; then
  echo "not ok: the unit refuses system calls that busbar makes: $(tr '\n' ' ' <"$folder/beyond")"
  exit 1
fi
echo "ok the unit allows all $(wc -l <"$folder/asked") system calls that a run makes"
sed -n 's/.*socket(\(AF_[A-Z0-9_]*\).*/\1/p' "$folder/calls" | sort -u | while read -r family; do
  grep -q "^RestrictAddressFamilies=.*$family\b" packaging/busbar.service ||
    { echo "not ok: the unit refuses $family"; exit 1; }
done
echo "ok and all its address families"
