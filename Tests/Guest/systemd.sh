#!/bin/bash
# packaging/busbar.service under a real systemd, with a real CAN interface: ready, heard, sandboxed, reloaded,
# brought back by the watchdog, stopped, and not started again with a configuration that is wrong.
#
# systemd is process 1 of a namespace of its own, on an overlay of this machine's files, so that nothing that it
# writes lasts. The checks run as one of its services.
. "$(dirname "$0")/expect.sh"

inside() {  # the checks; `systemctl` is the guest's
  PATH=$PATH:/usr/sbin:/sbin
  TMPDIR=/result
  property() { systemctl show busbar --property="$1" --value; }
  field() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$(property MainPID)/status"; }
  reads() { "$@" 2>/dev/null | grep -Eq "$pattern"; }

  (while :; do
    for frame in 380#31512D3138343500 351#1F01BC02E803E700 355#320064008813 356#320A00002701 \
      35A#A8A082000000800A 35E#5245432D424D5300 35F#0000020664000000; do
      cansend vcan0 $frame
    done
    sleep 0.4
  done) &

  systemctl start busbar
  expect 'systemd starts it and hears that it is ready' active "$(property ActiveState)"
  pattern='^source +vcan0 +house +working .*dialect rec'
  within 30 reads busbar status
  busbar status >/result/status
  expect_line 'the battery is heard, and busbar status answers' "$pattern" /result/status
  within 30 test "$(property StatusText)"
  pattern='1 of 1 sources heard'
  within 30 reads property StatusText
  property StatusText >/result/text
  expect_line 'systemctl status says how it is' "$pattern" /result/text

  user=$(field Uid | cut -f 1)
  expect 'its user is a dynamic one' yes "$( ((user >= 61184 && user <= 65519)) && echo yes || echo "$user")"
  expect 'it has no capability' 0000000000000000 "$(field CapEff)"
  expect 'it can gain no privilege' 1 "$(field NoNewPrivs)"
  expect 'its system calls are filtered' 2 "$(field Seccomp)"
  expect 'its state folder is its own' 700 "$(stat -Lc %a /var/lib/private/busbar)"
  within 30 test -s /var/lib/private/busbar/house.dialect.json
  expect 'and holds the dialect' 0 "$(test -s /var/lib/private/busbar/house.dialect.json; echo $?)"

  first=$(property MainPID)
  sed -i 's/name: First/name: Second/' /etc/busbar/busbar.yaml
  systemctl reload busbar
  pattern='SIGHUP: the configuration is taken over'
  within 30 reads cat /result/err
  expect_line 'systemctl reload takes over the configuration' "$pattern" /result/err
  expect 'in the same process' "$first" "$(property MainPID)"

  kill -STOP "$first"
  pattern='^1$'
  within 30 reads property NRestarts
  expect 'one that hangs is ended by the watchdog and started again' 1 "$(property NRestarts)"
  pattern='^source +vcan0 +house +working'
  within 30 reads busbar status
  expect 'as another process' different "$([[ $(property MainPID) == "$first" ]] && echo same || echo different)"
  busbar status >/result/status
  expect_line 'which hears the battery' "$pattern" /result/status

  systemctl stop busbar
  expect 'systemctl stop ends it' 'inactive success' "$(property ActiveState) $(property Result)"

  echo 'bateries: []' >/etc/busbar/busbar.yaml
  systemctl start busbar 2>/dev/null
  pattern=failed
  within 30 reads property ActiveState
  expect 'a wrong configuration fails, once' 'failed 2' "$(property ActiveState) $(property ExecMainStatus)"
}

if [[ $busbar == --inside ]]; then
  inside
  exit
fi

insmod "/usr/lib/uml/modules/$(uname -r)/kernel/fs/overlayfs/overlay.ko"
layers=$TMPDIR/layers
mkdir "$layers"
mount -t tmpfs tmpfs "$layers"
mkdir "$layers/upper" "$layers/work" "$layers/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" "$layers/root"
root=$layers/root

rm -rf "$root"/etc/systemd/system/*
mkdir -p "$root/result" "$root/before" "$root/etc/busbar" "$root/etc/systemd/system/busbar.service.d"
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
install -m 755 "$busbar" "$root/usr/local/bin/busbar"
install -m 755 "$(realpath "$0")" "$(dirname "$(realpath "$0")")/expect.sh" "$root/result/"
install -m 644 packaging/busbar.service "$root/etc/systemd/system/"
cat >"$root/etc/busbar/busbar.yaml" <<YAML
batteries:
  - id: house
    name: First
    source: vcan0
signalk: listen:127.0.0.1:10112
YAML
# Without the rest of a system there is no journal, and nobody waits for half a minute.
cat >"$root/etc/systemd/system/busbar.service.d/test.conf" <<UNIT
[Unit]
DefaultDependencies=no
[Service]
WatchdogSec=4
RestartSec=0
StandardOutput=file:/result/out
StandardError=file:/result/err
UNIT
cat >"$root/etc/systemd/system/checks.service" <<UNIT
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
ExecStart=/bin/bash /result/$(basename "$0") --inside
ExecStopPost=/bin/touch /result/done
StandardOutput=file:/result/checks
StandardError=file:/result/checks
UNIT
printf '[Unit]\nRequires=checks.service\n' >"$root/etc/systemd/system/checks.target"

unshare --pid --fork --mount --kill-child bash -c '
  mount --make-rprivate /
  cd "$1" && pivot_root . before && cd /
  mount -t proc proc /proc
  exec env -i PATH="$PATH" /lib/systemd/systemd --unit=checks.target --show-status=0 --log-level=warning \
    --log-target=null' bash "$root" &
within 200 test -e "$layers/upper/result/done"
cat "$layers/upper/result/checks"
expect 'systemd ran all checks' 0 "$(test -e "$layers/upper/result/done"; echo $?)"
failures=$((failures + $(grep -c '^not ok' "$layers/upper/result/checks")))
kill %1
finish
