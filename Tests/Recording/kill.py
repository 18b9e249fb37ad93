#!/usr/bin/env python3
"""kill -9 at random moments: the store opens, verifies, and holds every frame that was committed.

    kill.py BUSBAR [ROUNDS] [SEED]    20 rounds without a number

All rounds record into one store, so that each also shows that nothing older was harmed.
"""
import os, random, re, signal, subprocess, sys, tempfile, time
from feed import line

busbar, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
here = os.path.dirname(os.path.abspath(__file__))


def check(condition, what):
    if not condition:
        print('not ok', what)
        sys.exit(1)


with tempfile.TemporaryDirectory() as folder:
    store, said = folder + '/store.busbar', folder + '/said'
    kept, lost = [], 0          # the numbers that the store must hold, in order
    for number in range(rounds):
        first = number * 1_000_000
        feed = subprocess.Popen([sys.executable, here + '/feed.py', str(first)], stdout=subprocess.PIPE)
        with open(said, 'w') as errors:
            recorder = subprocess.Popen(
                [busbar, 'record', '-', '--store', store, '--commit-seconds', '0.05', '--verbose'], stdin=feed.stdout, stderr=errors)
        feed.stdout.close()
        # One round in five dies while it opens the store and mends it.
        time.sleep(random.uniform(0, 0.15) if number % 5 == 4 else random.uniform(0.1, 1.2))
        recorder.send_signal(signal.SIGKILL)
        recorder.wait()
        feed.kill()
        feed.wait()
        told = re.findall(r' (\d+) records on the disk', open(said).read())
        # The first record of each run is the event that it started.
        committed = max(0, int(told[-1]) - 1) if told else 0
        if not os.path.exists(store):
            continue
        verified = subprocess.run([busbar, 'store', 'verify', '--store', store], capture_output=True, text=True)
        if 'nothing was recorded' in verified.stderr and not committed and not kept:
            continue
        check(verified.returncode == 0, 'round %d verifies: %s' % (number, verified.stdout + verified.stderr))
        exported = subprocess.run([busbar, 'export', '--store', store], capture_output=True, text=True).stdout.splitlines(True)
        check(exported[:len(kept)] == [line(n) for n in kept], 'round %d holds what earlier rounds recorded' % number)
        fresh = exported[len(kept):]
        check(fresh == [line(n) for n in range(first, first + len(fresh))], 'round %d holds its frames without a hole' % number)
        check(len(fresh) >= committed, 'round %d holds the %d frames that were committed, not %d' % (number, committed, len(fresh)))
        kept += range(first, first + len(fresh))
    print('ok %d kills: verified after each, %d frames, none that was committed is missing' % (rounds, len(kept)))
