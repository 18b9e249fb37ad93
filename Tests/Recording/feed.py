#!/usr/bin/env python3
"""Writes numbered frames as candump does, to standard output, some 5,000 a second until nobody reads.

    feed.py FIRST    the first number; it is the payload, and the identifier follows from it
"""
import sys, time


def line(number):
    stamp = 1_700_000_000_000_000 + number * 200 + number * 7919 % 97
    return '(%d.%06d) can0 %03X#%016X\n' % (stamp // 10**6, stamp % 10**6, 0x350 + number % 15, number)


if __name__ == '__main__':
    number = int(sys.argv[1])
    try:
        while True:
            sys.stdout.write(''.join(line(n) for n in range(number, number + 50)))
            sys.stdout.flush()
            number += 50
            time.sleep(0.01)
    except BrokenPipeError:
        sys.stderr.close()
