#!/usr/bin/env python3
"""Compares Busbar's log formats with the tools that others use: python-can, can-utils, cantools.

    Tests/CANFramesTests/log_formats.py .build/release/busbar

Random traffic is written by one program and read by another, in both directions, and has to come
through frame by frame, but for what the other program is known to leave out. Needs python-can and
cantools (PyPI), and log2asc and asc2log (Debian's can-utils). No program that writes SavvyCAN's or Cabana's
tables can be had here; Python's csv module reads and writes them by what their columns are published to mean.
"""

import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

os.environ["TZ"] = "UTC"  # dates in ASC and TRC files name no zone; every program is to take this one
time.tzset()

import can
import cantools

BUSBAR = sys.argv[1]
FOLDER = Path(tempfile.mkdtemp(prefix="busbar-formats-"))
START = 1735270496_916858  # microseconds
CHECKS = 0


def traffic(count, kinds, seed):
    """Random frames as (microseconds, channel, identifier, is extended, kind, data or length, was sent)."""
    choose = random.Random(seed)
    frames, moment = [], START
    for _ in range(count):
        moment += choose.choice([0, 1, 37, 1000, 99_999, 2_000_003])
        extended = choose.random() < 0.3
        number = choose.getrandbits(29 if extended else 11)
        kind, length = choose.choice(kinds), choose.randint(0, 8)
        body = choose.randbytes(length) if kind == "data" else length
        if kind == "error":
            number, extended, body = 0x80, True, 0
        sent = kind != "error" and choose.random() < 0.2
        frames.append((moment, choose.randint(0, 1), number, extended, kind, body, sent))
    return frames


def candump(frames):
    lines = []
    for moment, channel, number, extended, kind, body, sent in frames:
        identifier = f"{number:08X}" if extended else f"{number:03X}"
        if kind == "error":
            identifier, text = f"{0x20000000 | number:08X}", "0" * 16
        else:
            text = body.hex().upper() if kind == "data" else "R" + (str(body) if body else "")
        lines.append(f"({moment // 1_000_000:010}.{moment % 1_000_000:06}) can{channel} {identifier}#{text}{' T' * sent}")
    return "".join(line + "\n" for line in lines)


def of_message(message, channel, scale=0):
    """A frame that python-can read; its times are floating-point numbers."""
    kind = "error" if message.is_error_frame else "remote" if message.is_remote_frame else "data"
    moment = round(message.timestamp * 1_000_000) + scale
    if kind == "error":
        return (moment, channel, 0x80, True, kind, 0, False)
    body = bytes(message.data) if kind == "data" else message.dlc
    return (moment, channel, message.arbitration_id, message.is_extended_id, kind, body, not message.is_rx)


def to_message(frame):
    moment, channel, number, extended, kind, body, sent = frame
    if kind == "error":
        return can.Message(timestamp=moment / 1e6, channel=channel, is_error_frame=True, dlc=0)
    return can.Message(
        timestamp=moment / 1e6, channel=channel, arbitration_id=number, is_extended_id=extended,
        is_remote_frame=kind == "remote", is_rx=not sent, dlc=body if kind == "remote" else len(body),
        data=body if kind == "data" else None)


def run(*command, **more):
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True, **more).stdout


def convert(source, target, *options):
    target.unlink(missing_ok=True)
    run(BUSBAR, "convert", source, target, *options)
    return target


def parse(text):
    """The lines of a candump log as frames."""
    frames = []
    for line in text.splitlines():
        match = re.fullmatch(r"\((\d+)\.(\d{6})\) can(\d+) ([0-9A-F]+)#(R?)([0-9A-F]*)( [RT])?", line)
        assert match, f"not a line of a candump log: {line!r}"
        seconds, micros, channel, identifier, remote, body, direction = match.groups()
        number, extended, kind = int(identifier, 16), len(identifier) == 8, "data"
        if extended and number & 0x20000000:
            number, kind = number & ~0x20000000, "error"
        body = int(body or 0) if remote else 0 if kind == "error" else bytes.fromhex(body)
        moment = int(seconds) * 1_000_000 + int(micros)
        kind = "remote" if remote else kind
        frames.append((moment, int(channel), number, extended, kind, body, direction == " T"))
    return frames


def same(name, got, expected, slack=0):
    """Compares frames; `slack` is what times may differ by, in microseconds."""
    global CHECKS
    assert len(got) == len(expected), f"{name}: {len(got)} frames instead of {len(expected)}"
    for index, (left, right) in enumerate(zip(got, expected)):
        close = abs(left[0] - right[0]) <= slack
        assert close and left[1:] == right[1:], f"{name}: frame {index}: {left} instead of {right}"
    CHECKS += 1
    print(f"  {name}: {len(got)} frames")


def drop_channel(frames, channel=0):
    return [(frame[0], channel, *frame[2:]) for frame in frames]


def drop_direction(frames):
    return [(*frame[:6], False) for frame in frames]


def python_can_reads(name, suffix, to, kinds, *, channels, reader, slack=1, **arguments):
    """Busbar to python-can; returns the frames that were written."""
    frames = traffic(2000, kinds, name)
    source = FOLDER / "in.log"
    source.write_text(candump(frames))
    log = convert(source, FOLDER / f"busbar{suffix}", "--to", to)
    with reader(log, **arguments) as messages:
        read = [of_message(message, channels(message)) for message in messages]
    wanted = frames if channels is not unnumbered else drop_channel(frames)
    wanted = wanted if name != "CSV" else drop_direction(wanted)
    same(f"{name}: python-can reads Busbar's", read, wanted, slack)
    return frames


def python_can(name, suffix, to, kinds, *, channels, reader, writer, slack=1, **arguments):
    """Busbar to python-can, and python-can to Busbar."""
    frames = python_can_reads(
        name, suffix, to, kinds, channels=channels, reader=reader, slack=slack, **arguments)

    # What python-can does not write is no fault of what reads it.
    written = [frame for frame in frames if (name, frame[4]) not in PYTHON_CAN_LEAVES_OUT]
    log = FOLDER / f"python{suffix}"
    with writer(log) as output:
        for frame in written:
            output.on_message_received(to_message(frame))
    back = parse(convert(log, FOLDER / "back.log").read_text())
    wanted = written if channels is not unnumbered else drop_channel(written)
    wanted = wanted if name != "CSV" else drop_direction(wanted)
    if (name, "remote length") in PYTHON_CAN_LEAVES_OUT:
        wanted = [(*frame[:5], 0, frame[6]) if frame[4] == "remote" else frame for frame in wanted]
    same(f"{name}: Busbar reads python-can's", back, wanted, PYTHON_CAN_ROUNDS.get(name, slack))


def unnumbered(message):
    return 0


def numbered(message):
    return message.channel - 1


PYTHON_CAN_LEAVES_OUT = {("TRC", "remote"), ("TRC", "error"), ("candump", "remote length")}
# Its ASC head has milliseconds that are cut off, and offsets from before they were.
PYTHON_CAN_ROUNDS = {"ASC": 1000}


def with_python_can():
    python_can(
        "candump", ".log", "candump", ["data", "remote"], channels=lambda m: int(m.channel[3:]),
        reader=can.io.CanutilsLogReader, writer=CandumpWriter)
    python_can(
        "ASC", ".asc", "asc", ["data", "remote", "error"], channels=lambda m: m.channel,
        reader=can.io.ASCReader, writer=can.io.ASCWriter, relative_timestamp=False)
    python_can(
        "TRC", ".trc", "trc", ["data", "remote"], channels=numbered,
        reader=can.io.TRCReader, writer=can.io.TRCWriter, slack=2)
    # Only version 2.1 is written by python-can; the others are read.
    for version, channels, slack in [("1.1", unnumbered, 102), ("1.3", numbered, 2), ("2.0", unnumbered, 2)]:
        python_can_reads(
            f"TRC {version}", ".trc", f"trc-{version}", ["data", "remote"], channels=channels,
            reader=can.io.TRCReader, slack=slack)
    python_can(
        "CSV", ".csv", "python-can", ["data", "remote"], channels=unnumbered,
        reader=can.io.CSVReader, writer=can.io.CSVWriter)


class CandumpWriter(can.io.CanutilsLogWriter):
    """Names buses, where python-can would write their bare numbers."""

    def on_message_received(self, message):
        message.channel = f"can{message.channel}"
        super().on_message_received(message)


def with_can_utils():
    # Debian's log2asc and asc2log pass over the direction.
    frames = drop_direction(traffic(3000, ["data", "data", "remote", "error"], "can-utils"))
    log = FOLDER / "in.log"
    log.write_text(candump(frames))

    # Ours holds what log2asc's holds, in the same lines; its head says when it began.
    ours = convert(log, FOLDER / "ours.asc", "--to", "asc").read_text()
    theirs = run("log2asc", "-I", log, "can0", "can1")
    event = re.compile(r"^ *\d+\.\d+ +\d+ .*$", re.M)
    first = frames[0][0] // 1000 * 1000
    ours, theirs = event.findall(ours), event.findall(theirs)
    assert len(ours) == len(theirs) == len(frames)
    for frame, mine, other in zip(frames, ours, theirs):
        assert mine.split()[1:] == other.split()[1:], f"{mine!r} instead of {other!r}"
        assert round(float(mine.split()[0]) * 1e6) == frame[0] - first, mine
    same("ASC: line by line as log2asc", frames, frames)

    # asc2log sets the date only in the locale en_US, and else to now.
    back = parse(run("asc2log", "-I", FOLDER / "ours.asc"))
    shift = back[0][0] - frames[0][0]
    moved = [(frame[0] - shift, *frame[1:]) for frame in back]
    same("ASC: asc2log reads Busbar's", moved, frames)

    # log2asc's head has whole seconds, and its times begin with the first frame.
    (FOLDER / "theirs.asc").write_text(run("log2asc", "-I", log, "can0", "can1"))
    back = parse(convert(FOLDER / "theirs.asc", FOLDER / "back.log").read_text())
    lost = frames[0][0] % 1_000_000
    same("ASC: Busbar reads log2asc's", [(frame[0] + lost, *frame[1:]) for frame in back], frames)

    log.write_text(candump(traffic(3000, ["data", "data", "remote", "error"], "copy")))
    ours = convert(log, FOLDER / "ours.log", "--to", "candump")
    assert ours.read_text() == log.read_text(), "a candump log changes when it is copied"
    same("candump: byte by byte the same", frames, frames)


def with_cantools():
    """cantools decodes what Busbar writes as candump prints it."""
    frames = [frame for frame in traffic(500, ["data"], "cantools") if len(frame[5]) == 8]
    frames = [(moment, channel, 0x351, False, *rest) for moment, channel, _, _, *rest in frames]
    log = FOLDER / "in.log"
    log.write_text(candump(frames))
    dbc = FOLDER / "all.dbc"
    dbc.write_text('VERSION ""\nBU_: B\nBO_ 849 Limits: 8 B\n'
                   + "".join(f' SG_ S{i} : {8 * i}|8@1+ (1,0) [0|0] "" B\n' for i in range(8)))
    for to in ["candump", "candump-text"]:
        text = convert(log, FOLDER / "ours.txt", "--to", to).read_text()
        decoded = run(sys.executable, "-m", "cantools", "decode", "--single-line", dbc, input=text)
        values = [[int(n) for n in re.findall(r"S\d: (\d+)", line)] for line in decoded.splitlines()]
        assert [bytes(row) for row in values] == [frame[5] for frame in frames], "cantools decode"
        same(f"{to}: cantools decodes Busbar's", frames, frames)


def rows_of(path):
    """A table as Python's csv module reads it: a dictionary for each row, checked to be whole."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(None not in row.values() for row in rows), f"{path}: a row is short"
    return rows


def with_csv():
    """The tables by the published meaning of their columns, read and written without Busbar."""
    frames = traffic(3000, ["data"], "csv")
    log = FOLDER / "in.log"
    log.write_text(candump(frames))

    # SavvyCAN: microseconds, hex, eight columns of data, of which those beyond LEN are empty.
    rows = rows_of(convert(log, FOLDER / "gvret.csv", "--to", "gvret"))
    read = []
    for row in rows:
        data = [row[f"D{place}"] for place in range(1, 9)]
        length = int(row["LEN"])
        assert row["Extended"] in ("true", "false") and row["Dir"] in ("Rx", "Tx") and not any(data[length:]), row
        read.append((
            int(row["Time Stamp"]), int(row["Bus"]), int(row["ID"], 16), row["Extended"] == "true",
            "data", bytes(int(byte, 16) for byte in data[:length]), row["Dir"] == "Tx"))
    same("GVRET: Python's csv reads Busbar's", read, frames)
    head = ["Time Stamp", "ID", "Extended", "Dir", "Bus", "LEN", *(f"D{n}" for n in range(1, 9))]
    with open(FOLDER / "theirs.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for moment, channel, number, extended, _, body, sent in frames:
            data = [f"{byte:02X}" for byte in body] + [""] * (8 - len(body))
            writer.writerow([
                moment, f"{number:08X}", str(extended).lower(), "Tx" if sent else "Rx", channel,
                len(body), *data, ""])
    back = parse(convert(FOLDER / "theirs.csv", FOLDER / "back.log").read_text())
    same("GVRET: Busbar reads Python's csv's", back, frames)

    # Cabana: seconds, a decimal address that does not tell its width, data in one piece.
    wanted = [(*frame[:3], frame[2] > 0x7FF, *frame[4:]) for frame in frames]
    rows = rows_of(convert(log, FOLDER / "cabana.csv", "--to", "cabana"))
    read = [(
        round(Decimal(row["time"]) * 1_000_000), int(row["bus"]) & 127, int(row["addr"]),
        int(row["addr"]) > 0x7FF, "data", bytes.fromhex(row["data"]), int(row["bus"]) > 127) for row in rows]
    same("Cabana: Python's csv reads Busbar's", read, wanted)
    with open(FOLDER / "theirs.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time", "addr", "bus", "data"])
        for moment, channel, number, _, _, body, sent in frames:
            writer.writerow([Decimal(moment) / 1_000_000, number, channel + 128 * sent, body.hex()])
    back = parse(convert(FOLDER / "theirs.csv", FOLDER / "back.log").read_text())
    same("Cabana: Busbar reads Python's csv's", back, wanted)


def among_our_own():
    """Every text format through Busbar twice."""
    frames = traffic(3000, ["data"], "own")
    log = FOLDER / "in.log"
    log.write_text(candump(frames))
    for to in ["candump", "candump-text", "asc", "trc", "trc-1.1", "trc-1.3", "trc-2.0", "gvret", "python-can", "cabana"]:
        there = convert(log, FOLDER / f"{to}.tmp", "--to", to)
        back = parse(convert(there, FOLDER / "back.log", "--to", "candump").read_text())
        wanted = drop_channel(frames) if to in ["python-can", "trc-1.1", "trc-2.0"] else frames
        if to == "cabana":  # it does not say which identifiers have 29 bits
            wanted = [(*frame[:3], frame[2] > 0x7FF, *frame[4:]) for frame in frames]
        if to in ["candump-text", "python-can"]:
            wanted = drop_direction(wanted)
        same(f"{to}: there and back", back, wanted, 100 if to == "trc-1.1" else 0)


with_python_can()
with_can_utils()
with_cantools()
with_csv()
among_our_own()
print(f"{CHECKS} comparisons, all the same")
