#!/usr/bin/env python3
"""Reads every frame of a Busbar recording and prints it as candump does. Needs zstandard from PyPI.

    read_store.py house.busbar > house.log        docs/recording.md explains the file
"""
import sqlite3, sys, zstandard

UNIT = {0: 1, 3: 1000, 6: 1_000_000}


def varints(data, position=0):
    """A function that takes the next varint of `data`, and one that takes the next bytes."""
    def number():
        nonlocal position
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def take(count):
        nonlocal position
        position += count
        return data[position - count:position]
    return number, take


def signed(number):
    return number >> 1 ^ -(number & 1)


def stream(number, take, count, length):
    """The times (after the block's base, in its unit) and payloads of one stream."""
    first, period, smoothing, width = signed(number()), number(), take(1)[0], take(1)[0]
    modes, payload = take(length), take(length)
    checksum = take(64) if 2 in modes else None
    planes = take(width * (count - 1))
    times, phase = [first], 0
    for k in range(count - 1):
        residual = signed(sum(planes[p * (count - 1) + k] << 8 * p for p in range(width)))
        expected = phase + period >> 8
        times.append(first + expected + residual)
        if abs(residual) > period >> 9:
            phase = expected + residual << 8
        else:
            phase += period + (residual << 8 >> min(smoothing, (k + 1).bit_length()))
    columns = [take(count - 1) if mode == 1 else None for mode in modes]
    payloads = [bytearray(payload)]
    for k in range(count - 1):
        old = payloads[-1]
        payloads.append(bytearray((b + c[k]) & 255 if c else b for b, c in zip(old, columns)))
    if checksum:
        place = modes.index(2)
        for data in payloads:
            data[place] = 1
            word, total = int.from_bytes(data, 'little'), 0
            for bit in range(64):
                total ^= checksum[bit] if word >> bit & 1 else 0
            data[place] = total
    return times, payloads


def frames(directory, data, correction):
    """(nanoseconds, bus, kind, is_extended, identifier, length, payload) of a block's frames, in order."""
    number, take = varints(directory)
    version, unit, has_order = take(3)
    assert version == 1, 'a newer format'
    count, base = number(), signed(number())
    buses = [take(number()).decode() for _ in range(number())]
    packs = [[number(), number()] for _ in range(number())]
    heads = [(*take(2), number(), number(), number()) for _ in range(number())]
    plain, start = [], 0
    for size, _ in packs:
        plain.append(zstandard.ZstdDecompressor().decompress(data[start:start + size]))
        start += size
    readers, streams = [varints(pack) for pack in plain], []
    for bus, shape, identifier, frame_count, pack in heads:
        kind, length = shape & 3, shape >> 4
        times, payloads = stream(*readers[pack], frame_count, 0 if kind == 1 else length)
        streams.append([((base + t) * UNIT[unit] + correction, buses[bus], kind, shape >> 2 & 1, identifier, length, p)
                        for t, p in zip(times, payloads)])
    if not has_order:
        merged = [(f[0], s, k, f) for s, fs in enumerate(streams) for k, f in enumerate(fs)]
        return [entry[3] for entry in sorted(merged, key=lambda entry: entry[:3])]
    planes, nexts = plain[-1], [iter(s) for s in streams]
    return [next(nexts[sum(planes[p * count + i] << 8 * p for p in range(len(planes) // count))]) for i in range(count)]


def main(path):
    database = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
    sql = ('SELECT position, frames, correction, directory, data FROM block JOIN content USING(position) UNION ALL '
           'SELECT position, frames, correction, directory, data FROM tail ORDER BY position')
    for _, count, correction, directory, data in database.execute(sql):
        for time, bus, kind, is_extended, number, length, payload in frames(directory, data, correction) if count else []:
            identifier = '%08X' % (number | 0x20000000 * (kind == 2)) if is_extended or kind == 2 else '%03X' % number
            body = 'R%s' % (length or '') if kind == 1 else payload.hex().upper()
            print('(%010d.%06d) %s %s#%s' % (time // 10**9, time % 10**9 // 1000, bus or 'can0', identifier, body))


if __name__ == '__main__':
    main(sys.argv[1])
