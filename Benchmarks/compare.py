#!/usr/bin/env python3
"""Runs programs in turn, several times, and prints each one's median time and ratio to the first.

    Benchmarks/compare.py 5 'generated C|native_peer gen LOG' 'busbar|busbar decode --format summary LOG'

Whole processes, output thrown away. Running in turn keeps a noisy machine from favouring one of them.
"""

import statistics
import subprocess
import sys
import time


def main():
    runs = int(sys.argv[1])
    cases = [case.split("|", 1) for case in sys.argv[2:]]
    seconds = {name: [] for name, _ in cases}
    for _ in range(runs):
        for name, command in cases:
            start = time.monotonic()
            subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            seconds[name].append(time.monotonic() - start)
    first = statistics.median(seconds[cases[0][0]])
    for name, _ in cases:
        median = statistics.median(seconds[name])
        low, high = min(seconds[name]), max(seconds[name])
        print(f"{name:32s} {median:7.3f} s [{low:.3f}-{high:.3f}]  speed {first / median:.2f}")


if __name__ == "__main__":
    main()
