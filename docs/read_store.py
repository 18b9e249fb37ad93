#!/usr/bin/env python3
"""Prints the frames of a Busbar recording as candump does; docs/recording.md explains the file.

    read_store.py house.busbar > house.log        needs zstandard from PyPI"""
import io, itertools, sqlite3, sys, zstandard

def varint(file):
    byte = file.read(1)[0]
    return byte if byte < 128 else byte & 127 | varint(file) << 7

def signed(number):
    return number >> 1 ^ -(number & 1)

def planes(file, width, count):
    """`count` numbers of `width` bytes: all lowest bytes come first, then the next ones."""
    return [int.from_bytes(number, 'little') for number in zip(*[file.read(count) for _ in range(width)])] or [0] * count

def stream(file, count, length):
    """Times (in the block's unit, after its base) and payloads of one stream."""
    first, period, (smoothing, width) = signed(varint(file)), varint(file), file.read(2)
    modes, payloads = file.read(length), [bytearray(file.read(length))]
    checksum = file.read(64) if 2 in modes else None
    residuals, times, phase = planes(file, width, count - 1), [first], 0
    changes = zip(*[file.read(count - 1) if mode == 1 else bytes(count - 1) for mode in modes]) if length else [()] * (count - 1)
    for k, (residual, change) in enumerate(zip(map(signed, residuals), changes), 1):
        expected = phase + period >> 8
        phase = expected + residual << 8 if abs(residual) > period >> 9 else phase + period + (residual << 8 >> min(smoothing, k.bit_length()))
        times.append(first + expected + residual)
        payloads.append(bytearray(byte + step & 255 for byte, step in zip(payloads[-1], change)))
    for payload in payloads if checksum else []:
        payload[modes.index(2)], result = 1, 0
        for bit, part in enumerate(checksum):
            result ^= part * (int.from_bytes(payload, 'little') >> bit & 1)
        payload[modes.index(2)] = result
    return times, payloads

def frames(directory, data, correction):
    """A block's frames in order: (nanoseconds, bus, shape, identifier, payload)."""
    file, data, streams = io.BytesIO(directory), io.BytesIO(data), []
    version, exponent, has_order = file.read(3)
    count, base = varint(file), signed(varint(file))
    buses = [file.read(varint(file)).decode() for _ in range(varint(file))]
    sizes = [(varint(file), varint(file)) for _ in range(varint(file))]
    packs = [io.BytesIO(zstandard.ZstdDecompressor().decompress(data.read(size))) for size, _ in sizes]
    for bus, shape, identifier, length, pack in [(*file.read(2), varint(file), varint(file), varint(file)) for _ in range(varint(file))]:
        times, payloads = stream(packs[pack], length, 0 if shape & 3 == 1 else shape >> 4)
        streams.append([((base + time) * 10 ** exponent + correction, buses[bus], shape, identifier, payload)
                        for time, payload in zip(times, payloads)])
    if not has_order:
        return sorted(itertools.chain(*streams), key=lambda frame: frame[0])
    nexts, order = [iter(stream) for stream in streams], packs[-1]
    return [next(nexts[number]) for number in planes(order, order.getbuffer().nbytes // count, count)]

for _, correction, directory, data in sqlite3.connect('file:%s?mode=ro' % sys.argv[1], uri=True).execute(
        'SELECT position, correction, directory, data FROM block JOIN content USING(position) WHERE frames > 0 UNION ALL '
        'SELECT position, correction, directory, data FROM tail WHERE frames > 0 ORDER BY position'):
    for time, bus, shape, identifier, payload in frames(directory, data, correction):
        name = '%08X' % (identifier | 0x20000000 * (shape & 3 == 2)) if shape & 6 else '%03X' % identifier
        body = 'R%s' % (shape >> 4 or '') if shape & 3 == 1 else payload.hex().upper()
        print('(%010d.%06d) %s %s#%s' % (time // 10**9, time % 10**9 // 1000, bus or 'can0', name, body) + ' T' * (shape >> 3 & 1))
