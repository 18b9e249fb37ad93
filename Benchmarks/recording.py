#!/usr/bin/env python3
"""Size and speed of the recording.

    recording.py BUSBAR REC.log BUSY.log [--runs 5] [--seconds 40]

For both logs (candump text): bytes a frame in the store, everything included; frames a second of import, of
importing the same again, of export and of verify (import makes the history, too), whole processes. Beside them, in turn, `zstd -3` on the same
text, the yardstick for import. Then live: the busy log replayed at its own rate and at four times that, recorded, and
recorded and decoded; the processor time, the memory, and what went to the disk against what the store grew by. Quote ratios: machines
differ, and this one is not a Pi.
"""
import argparse, os, statistics, subprocess, sys, tempfile, time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument('busbar')
arguments.add_argument('rec')
arguments.add_argument('busy')
arguments.add_argument('--runs', type=int, default=5)
arguments.add_argument('--seconds', type=float, default=40)
options = arguments.parse_args()
busbar = os.path.abspath(options.busbar)


def timed(command, output=subprocess.DEVNULL):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=output, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def used(store):
    """Bytes in pages that are in use, which is what the file's content takes."""
    import sqlite3
    database = sqlite3.connect('file:%s?mode=ro' % store, uri=True)
    pages, free, size = (database.execute('PRAGMA ' + p).fetchone()[0] for p in ('page_count', 'freelist_count', 'page_size'))
    return (pages - free) * size


def bulk(folder, log, precision):
    frames = int(subprocess.check_output(['wc', '-l', log], text=True).split()[0])
    store = os.path.join(folder, 'bulk.busbar')
    seconds = {'import': [], 'import again': [], 'export': [], 'verify': [], 'zstd -3 of the text': []}
    for _ in range(options.runs):
        for suffix in ('', '-wal', '-shm'):
            if os.path.exists(store + suffix):
                os.remove(store + suffix)
        add = [busbar, 'import', log, '--store', store, '--time-precision', precision]
        seconds['import'].append(timed(add))
        seconds['zstd -3 of the text'].append(timed(['zstd', '-3', '-q', '-f', log, '-o', os.path.join(folder, 'text.zst')]))
        seconds['import again'].append(timed(add))
        seconds['export'].append(timed([busbar, 'export', '--store', store, '--force', os.path.join(folder, 'out.log')]))
        seconds['verify'].append(timed([busbar, 'store', 'verify', '--store', store]))
    print('%s, %s, %d frames: %.3f bytes a frame' % (os.path.basename(log), precision, frames, used(store) / frames))
    for name, values in seconds.items():
        print('  %-22s %6.2f M frames/s [%.2f-%.2f]' % (
            name, frames / statistics.median(values) / 1e6, frames / max(values) / 1e6, frames / min(values) / 1e6))
    if precision == 'us':
        same = subprocess.run(['cmp', '-s', log, os.path.join(folder, 'out.log')]).returncode == 0
        print('  the exported log is %s' % ('the imported one, byte for byte' if same else 'NOT the imported one'))


def live(folder, log, speed, decodes):
    """Recording alone, or the gateway: recording, decoding and telling what changes to nobody."""
    store = os.path.join(folder, 'live-%s-%s.busbar' % (speed, decodes))
    command = [busbar, 'record', log, '--store', store, '--speed', speed]
    if decodes:
        command = [busbar, 'run', '--source', log, '--speed', speed, '--signalk', 'stdout', '--record', store, '--state-folder', folder]
    recorder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, XDG_RUNTIME_DIR=folder))

    def processor():
        ticks = open('/proc/%d/stat' % recorder.pid).read().rsplit(')', 1)[1].split()
        return (int(ticks[11]) + int(ticks[12])) / os.sysconf('SC_CLK_TCK')
    time.sleep(1)
    start = processor()
    time.sleep(options.seconds)
    used_processor = processor() - start
    status = dict(line.split(':', 1) for line in open('/proc/%d/status' % recorder.pid))
    written = int(next(l for l in open('/proc/%d/io' % recorder.pid) if l.startswith('write_bytes')).split()[1])
    recorder.terminate()
    recorder.wait()
    said = subprocess.run([busbar, 'store', 'info', '--store', store], capture_output=True, text=True).stdout
    frames = int(said.split('frames')[1].split()[0])
    lost = subprocess.run([busbar, 'store', 'verify', '--store', store], capture_output=True, text=True).stdout.count('lost')
    grown = used(store)
    print('%s %s, %.0f frames/s: %.2f %% of a core, %d MiB; %d kB written, grown by %d kB: %.2f times; losses: %d' % (
        'record and decode' if decodes else 'record', os.path.basename(log), frames / (options.seconds + 1), 100 * used_processor / options.seconds,
        int(status['VmHWM'].split()[0]) / 1024, written / 1000, grown / 1000, written / grown, lost))


with tempfile.TemporaryDirectory() as folder:
    bulk(folder, options.rec, 'us')
    bulk(folder, options.rec, 'ms')
    bulk(folder, options.busy, 'us')
    for decodes in (False, True):
        for speed in ('1', '4'):
            live(folder, options.busy, speed, decodes)
        live(folder, options.rec, '1', decodes)
