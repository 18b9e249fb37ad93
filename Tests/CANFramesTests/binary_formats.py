#!/usr/bin/env python3
"""Holds Busbar's pcap, pcapng and BLF against tshark and python-can.

    python Tests/CANFramesTests/binary_formats.py BUSBAR

Random frames of every kind are written by one side and read by the other, both ways. Needs tshark, editcap and
python-can.
"""

import random
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import can

START = 1_735_270_496_916_000_000  # python-can keeps times as floats: microseconds survive


def frames(count, seed):
    """(time in ns, bus, id, extended, kind, data, was sent) with every length, in order of time."""
    choice = random.Random(seed)
    time = START
    for _ in range(count):
        time += choice.randrange(1, 300_000) * 1000
        extended = choice.random() < 0.3
        number = choice.randrange(1 << 29) if extended else choice.randrange(1 << 11)
        kind = choice.choices(["data", "remote", "error"], [90, 5, 5])[0]
        if kind == "error":
            number, extended, data = choice.randrange(1, 0x400), True, choice.randbytes(8)
        else:
            data = choice.randbytes(choice.randrange(9))
        sent = kind != "error" and choice.random() < 0.2
        yield time, f"can{choice.randrange(2)}", number, extended, kind, data, sent


def candump(frame):
    time, bus, number, extended, kind, data, sent = frame
    name = f"{number | 0x20000000:08X}" if kind == "error" else f"{number:08X}" if extended else f"{number:03X}"
    body = f"R{len(data) or ''}" if kind == "remote" else data.hex().upper()
    return f"({time // 10**9}.{time % 10**9 // 1000:06}) {bus} {name}#{body}{' T' * sent}"


def received(lines):
    """Without directions, which pcap has no place for."""
    return [line.removesuffix(" T") for line in lines]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def expect(what, found, expected):
    if found != expected:
        differences = [pair for pair in zip(found, expected) if pair[0] != pair[1]]
        sys.exit(f"{what}: {len(found)} frames, expected {len(expected)}; first difference {differences[:1]}")
    print(f"{what}: {len(found)} frames, no difference")


def by_tshark(path):
    """What tshark reads, as candump writes it; error frames by their classes."""
    fields = ["frame.time_epoch", "frame.interface_name", "can.id", "can.flags.xtd", "can.flags.rtr",
              "can.flags.err", "can.len", "data.data", "frame.packet_flags_direction"]
    table = run("tshark", "-r", path, "-T", "fields", *[part for field in fields for part in ("-e", field)])
    lines = []
    for row in table.splitlines():
        time, bus, number, extended, remote, error, length, data, direction = (row + "\t" * 9).split("\t")[:9]
        if error in ("1", "True"):
            lines.append("error")
            continue
        is_extended, is_remote = extended in ("1", "True"), remote in ("1", "True")
        name = f"{int(number):08X}" if is_extended else f"{int(number):03X}"
        body = f"R{int(length) or ''}" if is_remote else data.upper()
        sent = direction != "" and int(direction, 0) == 2
        lines.append(f"({time[:-3]}) {bus} {name}#{body}{' T' * sent}")
    return lines


def by_python_can(path):
    lines = []
    for message in can.BLFReader(path):
        kind = "error" if message.is_error_frame else "remote" if message.is_remote_frame else "data"
        data = bytes(message.dlc) if kind == "remote" else bytes(message.data)
        time = round(message.timestamp * 1e6) * 1000
        lines.append(candump((time, f"can{message.channel}", message.arbitration_id, message.is_extended_id,
                              kind, data, not message.is_rx)))
    return lines


def write_by_python_can(path, log, container):
    # The file starts with the first frame's time in milliseconds.
    writer = can.BLFWriter(path, max_container_size=container)
    for time, bus, number, extended, kind, data, sent in log:
        remote = kind == "remote"
        writer.on_message_received(can.Message(
            timestamp=time / 1e9, arbitration_id=number, is_extended_id=extended and kind != "error",
            is_remote_frame=remote, is_error_frame=kind == "error", is_rx=not sent, channel=int(bus[3:]), dlc=len(data),
            data=None if remote else data))
    writer.stop()


def near(lines, reference):
    """`lines` with each time replaced by the reference's if it is less than 2 us away: floats."""
    def microseconds(line):
        return int(line[1:18].replace(".", ""))
    return [known[:19] + line[19:] if abs(microseconds(line) - microseconds(known)) < 2 else line
            for line, known in zip(lines, reference)] + lines[len(reference):]


def write_pcap(path, log, order, unit):
    """As the format's specification has it; `unit` is the nanoseconds of a fraction."""
    magic = 0xA1B2C3D4 if unit == 1000 else 0xA1B23C4D
    with open(path, "wb") as file:
        file.write(struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262144, 227))
        for time, _, number, extended, kind, data, _ in log:
            flags = {"error": 0x20000000, "remote": 0x40000000, "data": 0}[kind]
            if extended and kind != "error":
                flags |= 0x80000000
            packet = struct.pack(">IB3x", number | flags, len(data)) + (b"" if kind == "remote" else data)
            file.write(struct.pack(order + "IIII", time // 10**9, time % 10**9 // unit, len(packet), len(packet)))
            file.write(packet)


def main():
    busbar = sys.argv[1]
    log = list(frames(3000, seed=4))
    text = [candump(frame) for frame in log]
    without_classes = ["error" if frame[4] == "error" else line for frame, line in zip(log, text)]
    one_bus = [candump((frame[0], "can0", *frame[2:])) for frame in log]

    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return str(Path(folder) / name)

        def read(name):
            run(busbar, "convert", "--force", path(name), path("back.log"))
            return Path(path("back.log")).read_text().splitlines()

        Path(path("in.log")).write_text("\n".join(text) + "\n")
        for name in ["out.pcap", "out.pcapng", "out.blf"]:
            run(busbar, "convert", path("in.log"), path(name))

        expect("tshark reads our pcapng", by_tshark(path("out.pcapng")), without_classes)
        expect("tshark reads our pcap", [line.split(" ", 2)[-1] for line in by_tshark(path("out.pcap"))],
               [line.split(" ", 2)[-1] for line in received(without_classes)])
        expect("python-can reads our BLF", near(by_python_can(path("out.blf")), text), text)

        for kind, name in [("pcap", "e.pcap"), ("nsecpcap", "n.pcap"), ("pcapng", "e.pcapng")]:
            run("editcap", "-F", kind, path("out.pcap" if kind != "pcapng" else "out.pcapng"), path(name))
            found = read(name)
            expected = text if kind == "pcapng" else received(text)
            expect(f"we read Wireshark's {kind}", [line.split(" ", 2)[2] for line in found],
                   [line.split(" ", 2)[2] for line in expected])
            expect("  its times", [line.split(" ")[0] for line in found], [line.split(" ")[0] for line in text])
        for order in "<>":
            for unit in [1000, 1]:
                write_pcap(path("p.pcap"), log, order, unit)
                expect(f"we read pcap, {order} {unit} ns", [line.split(" ", 2)[2] for line in read("p.pcap")],
                       [line.split(" ", 2)[2] for line in received(one_bus)])
        for container in [100, 1000, 128 * 1024]:
            write_by_python_can(path("p.blf"), log, container)
            expect(f"we read python-can's BLF, containers of {container} bytes", near(read("p.blf"), text), text)


if __name__ == "__main__":
    main()
