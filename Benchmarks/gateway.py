#!/usr/bin/env python3
"""What `busbar run` costs while it publishes to Signal K.

    gateway.py BUSBAR SIGNALK_STAND_IN [--seconds 60] [--runs 3]

BUSBAR is a release build; SIGNALK_STAND_IN, the server that the tests use, is a process of its own and not counted
(swift build --product signalk-stand-in). A REC's messages are replayed as if live, with values that change: at the
REC's own rate, 10 frames a second, and at 2,000 a second. For each: the processor time in percent of one core and the
memory of the gateway after it has warmed up (5 s), what it sent, and how old the newest is. Medians of the runs.
"""
import argparse, json, os, statistics, subprocess, tempfile, time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument('busbar')
arguments.add_argument('server')
arguments.add_argument('--seconds', type=float, default=60)
arguments.add_argument('--runs', type=int, default=3)
options = arguments.parse_args()


def log(path, rate, seconds):
    """A candump log of a REC Q at so many frames a second; voltage, current, charge and temperature move."""
    with open(path, 'w') as file:
        for number in range(int(rate * seconds)):
            when = 1700000000 + number / rate
            turn = number // 7
            little = lambda value: value.to_bytes(2, 'little', signed=True).hex().upper()
            frame = [
                '380#31512D3138343500', '351#1F01BC02E803E700',
                '355#320064' + '00' + little(5000 + turn % 900),
                '356#' + little(2610 + turn % 40) + little(turn % 300 - 150) + little(200 + turn % 90),
                '35A#A8A082000000800A', '35E#5245432D424D5300', '35F#0000020664000000'][number % 7]
            file.write('(%.6f) can0 %s\n' % (when, frame))


def processor(process):
    ticks = open('/proc/%d/stat' % process.pid).read().rsplit(')', 1)[1].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf('SC_CLK_TCK')


def memory(process):
    status = dict(line.split(':', 1) for line in open('/proc/%d/status' % process.pid))
    return [int(status[name].split()[0]) / 1024 for name in ('VmRSS', 'VmHWM', 'RssAnon')]


def run(folder, rate):
    path = os.path.join(folder, 'log')
    log(path, rate, options.seconds + 30)
    server = subprocess.Popen([options.server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    socket = os.path.join(folder, 'status.sock')
    gateway = subprocess.Popen(
        [options.busbar, 'run', '--source', path, '--signalk', address, '--nominal-voltage', '25.6', '--state-folder', folder,
         '--status-socket', socket, '--log-level', 'warning'])
    time.sleep(5)
    before, start = processor(gateway), time.monotonic()
    time.sleep(options.seconds)
    used, elapsed = processor(gateway) - before, time.monotonic() - start
    now, most, own = memory(gateway)
    report = json.loads(subprocess.run([options.busbar, 'status', '--json', '--socket', socket], capture_output=True, text=True).stdout)
    source, destination = report['parts'][0], report['parts'][-1]
    gateway.terminate()
    gateway.wait()
    server.stdin.close()
    server.wait()
    assert source['lost'] == 0 and destination['state'] == 'working', report
    assert source['count'] >= rate * options.seconds, report
    return 100 * used / elapsed, now, most, own, destination['sent'] / (elapsed + 5), destination['last_sent_seconds']


for rate in (10, 2000):
    with tempfile.TemporaryDirectory() as folder:
        rows = list(zip(*(run(folder, rate) for _ in range(options.runs))))
    middle = [statistics.median(row) for row in rows]
    print('%d frames/s: %.2f %% of a core [%.2f-%.2f]; %.1f MiB resident, %.1f at most, %.1f of it not from files; '
          '%.1f deltas/s, the newest %.1f s old' % (rate, middle[0], min(rows[0]), max(rows[0]), *middle[1:]))
