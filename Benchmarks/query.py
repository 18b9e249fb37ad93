#!/usr/bin/env python3
"""Charts out of the recording, against VictoriaMetrics and InfluxDB in the same run with the same data.

    query.py BUSBAR FOLDER --bench DIRECTORY --native NATIVE [--runs 5]

DIRECTORY has gen_log.py and bench_store.py, NATIVE is native_peer built for bms.dbc: see their README. FOLDER takes
some 5 GB of logs and stores, which a second run uses again. Needs the Debian packages victoria-metrics and influxdb,
numpy, and root for /proc/sys/vm/drop_caches.

One signal, the current, in 1,000 buckets with minimum, mean and maximum, over 30 days and a year. `rec30d` is everything that
a REC says in 30 days; `year` the same twelve times after each other, 311 million frames, of which the servers get the
current alone; `eight` every twentieth round of that, one in 30 s, for eight years.

Cold: the page cache is dropped, and a server is started again, which does not count. Busbar has no server: `process` is a
whole run of `busbar query`, `inside` what it says itself of opening the recording and answering. Medians [least to most], in ms.
"""
import argparse, os, re, statistics, subprocess, sys, time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument('busbar')
parser.add_argument('folder')
parser.add_argument('--bench', required=True)
parser.add_argument('--native', required=True)
parser.add_argument('--runs', type=int, default=5)
options = parser.parse_args()
busbar, bench, folder = (os.path.abspath(path) for path in (options.busbar, options.bench, options.folder))
os.makedirs(folder, exist_ok=True)
os.environ['LAB'] = folder
sys.path.insert(0, bench)
import bench_store

START, DAY = 1700000000, 86400
spans = {'30 days': (START + 300 * DAY, START + 330 * DAY), 'a year': (START, START + 360 * DAY)}


def path(name):
    return os.path.join(folder, name)


def make(name, command):
    """Runs a line of bash that writes a file, unless that is there."""
    if not os.path.exists(path(name)):
        began = time.monotonic()
        subprocess.run(['bash', '-c', 'set -o pipefail; cd "$0"; %s > part && mv part %s' % (command, name), folder], check=True)
        print('made %s in %.0f s' % (name, time.monotonic() - began), flush=True)


def make_store(name, frames):
    """Imports what a line of bash prints."""
    if not os.path.exists(path(name)):
        began = time.monotonic()
        subprocess.run(['bash', '-c', 'cd "$0"; %s | "$1" import - --store %s' % (frames, name), folder, busbar], check=True)
        print('made %s in %.1f s: %d bytes' % (name, time.monotonic() - began, os.path.getsize(path(name))), flush=True)


def shifted(log, parts):
    """A line of bash that prints a month again and again, each time a month later."""
    return """for part in $(seq %d); do awk -v shift=$(((part - 1) * 2592000)) '{
        printf "(%%d.%%s\\n", substr($0, 2, 10) + shift, substr($0, 13)}' %s; done""" % (parts, log)


def prepare():
    make('rec30d.log', '%s %s/gen_log.py --duration 30d' % (sys.executable, bench))
    make('month.log', 'grep -F " 356#" rec30d.log')
    make('year.log', shifted('month.log', 12))
    make('year.lp', "%s lp year.log 2>year.n | sed -E 's/ .*(Current=[^, ]*)[^ ]*/ \\1/'" % os.path.abspath(options.native))
    make_store('rec30d.busbar', 'cat rec30d.log')
    make_store('year.busbar', shifted('rec30d.log', 12))
    make('sparse.log', "awk 'int((NR - 1) / 15) % 20 == 0' rec30d.log")  # rounds of 15 messages
    make_store('eight.busbar', shifted('sparse.log', 96))
    for server in (bench_store.Victoria, bench_store.Influx):
        root = path(server.name)
        if not os.path.exists(root):
            server = server(root)
            server.start()
            server.create()
            lines, seconds, _ = server.ingest(path('year.lp'))
            size = server.settle()
            print('%s: %d samples loaded in %.0f s, %d bytes' % (server.name, lines, seconds, size[1]), flush=True)
            server.stop()


def moment(seconds):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def ask(store, span):
    """Milliseconds of the process and inside of it, peak memory in MiB, the answer's count, least and most."""
    command = [busbar, 'query', 'current', '--store', path(store), '--timing', '--from', moment(span[0]), '--until', moment(span[1])]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    milliseconds = (time.monotonic() - began) * 1000
    assert status == 0, errors
    rows = [row.split(',') for row in output.splitlines()[1:]]
    rows = [row for row in rows if row[6]]
    inside = float(re.search(r'answered in ([\d.]+) ms', errors)[1])
    return milliseconds, inside, usage.ru_maxrss / 1024, sum(int(r[6]) for r in rows), min(float(r[1]) for r in rows), max(float(r[3]) for r in rows)


class Table:
    def __init__(self):
        self.rows = {}

    def add(self, who, what, value):
        self.rows.setdefault((who, what), []).append(value)

    def show(self):
        for (who, what), values in self.rows.items():
            print('  %-34s %-18s %9.2f [%.2f to %.2f]' % (who, what, statistics.median(values), min(values), max(values)))


def busbar_round(table, who, store, span):
    for temperature in ('cold', 'warm'):
        if temperature == 'cold':
            bench_store.drop_caches()
        process, inside, memory, *answer = ask(store, span)
        table.add(who, temperature + ' process', process)
        table.add(who, temperature + ' inside', inside)
        table.add(who, 'memory MiB', memory)
    return answer


def server_round(table, server, span):
    server.stop()
    bench_store.drop_caches()
    server.start()
    for temperature in ('cold', 'warm'):
        began = time.monotonic()
        answer = server.query('BMS_Measurements', 'Current', *span, (span[1] - span[0]) // 1000, True)
        table.add(server.name, temperature, (time.monotonic() - began) * 1000)
    table.add(server.name, 'memory MiB', server.mem()['VmRSS'])
    server.stop()
    return answer


prepare()
for name, span in spans.items():
    table = Table()
    for number in range(options.runs):
        answers = [busbar_round(table, 'busbar, in a year', 'year.busbar', span)]
        if name == '30 days':
            busbar_round(table, 'busbar, in 30 days', 'rec30d.busbar', (START, START + 30 * DAY))
        busbar_round(table, 'busbar, in eight years', 'eight.busbar', (span[0] + 6 * 360 * DAY, span[1] + 6 * 360 * DAY))
        for server in (bench_store.Victoria, bench_store.Influx):
            answers.append(server_round(table, server(path(server.name)), span))
    print('%s; %d runs; frames or buckets, least, most: %s' % (name, options.runs, answers))
    table.show()
table = Table()
for number in range(options.runs):
    busbar_round(table, 'busbar, all of eight years', 'eight.busbar', (START, START + 8 * 360 * DAY))
    busbar_round(table, 'busbar, a day', 'rec30d.busbar', (START + 20 * DAY, START + 21 * DAY))
print('more of it')
table.show()
