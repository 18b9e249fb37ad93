#!/usr/bin/env python3
"""Passes on what tests print under Thread Sanitizer, without its false reports; counts the others.

    swift test --sanitize thread 2>&1 | scripts/thread-reports.py

Synchronization.Mutex waits in a library that is not instrumented, so that two accesses under the same
mutex look like a race. A report is false if both of its accesses were made within a closure that a
withLock was given; such a closure takes an `inout sending` value, which is written `zYu` in the
mangled name of nothing else. Ends with status 1 if there is any other report.
"""

import re
import sys

RULE = "=================="
ACCESS = re.compile(r"^  (Modifying access|(Previous )?(atomic )?(read|write|modifying access))\b", re.I)
WITHIN_LOCK = re.compile(r"zYu\w*XEfU")


def is_false(report):
    """Whether both accesses of a report were made under a lock."""
    accesses = []
    for line in report:
        if ACCESS.match(line):
            accesses.append(False)
        elif accesses and re.match(r"^  \S", line):
            break
        elif accesses and WITHIN_LOCK.search(line):
            accesses[-1] = True
    return len(accesses) == 2 and all(accesses)


report, false, true = None, 0, 0
for line in sys.stdin:
    if report is None:
        # Other output may stand before the rule, in the same line.
        if line.rstrip().endswith(RULE):
            report = []
            sys.stdout.write(line.rstrip()[: -len(RULE)])
        else:
            sys.stdout.write(line)
    elif line.startswith(RULE):
        if is_false(report):
            false += 1
        else:
            true += 1
            sys.stdout.write("".join([RULE + "\n", *report, RULE + "\n"]))
        report = None
    else:
        report.append(line)
    sys.stdout.flush()
if report is not None:
    true += 1
    sys.stdout.write("".join(report))
print(f"Thread Sanitizer: {true} reports, and {false} of accesses under one mutex", file=sys.stderr)
sys.exit(1 if true else 0)
