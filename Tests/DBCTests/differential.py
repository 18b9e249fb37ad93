#!/usr/bin/env python3
"""Compares Busbar's decoding of random frames with that of cantools (PyPI).

    Tests/DBCTests/differential.py .build/release/busbar --dialects Sources/BMSDialects/Dialects

Writes random DBC files and random frames, and runs `PROGRAM decode --format json --dialect FILE -`.
Our own dialects are compared without attributes and labels, which would rename their signals.
Raw values come from cantools, are scaled here as decimals, and have to be met exactly.
"""

import argparse
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from decimal import Decimal, getcontext
from pathlib import Path

import cantools

SCALES = ["1", "0.1", "0.01", "0.001", "0.5", "0.25", "-0.1", "2", "10", "1E-05", "0.39", "0.0625"]
SHORT = range(1, 17)
OFFSETS = ["0", "0", "0", "-40", "100", "-0.5", "273.15", "-1000", "1E3"]


def signal(name, used, mark="", lengths=range(1, 65), is_selector=False):
    """One SG_ line among the bits not yet `used` (cantools refuses overlaps), or an empty text."""
    for _ in range(50):
        length, order, bits = random.choice(lengths), random.randint(0, 1), [random.randint(0, 63)]
        while len(bits) < length:  # a big-endian signal runs through its bytes in a sawtooth
            bits.append(bits[-1] + (1 if order == 1 else 15 if bits[-1] % 8 == 0 else -1))
        if max(bits) < 64 and not used.intersection(bits):
            used.update(bits)
            scale = f"{random.choice('+-')} ({random.choice(SCALES)},{random.choice(OFFSETS)})"
            number = f"{bits[0]}|{length}@{order}{'+ (1,0)' if is_selector else scale}"
            return f' SG_ {name} {mark}: {number} [0|0] "" X\n'
    return ""


def message(number, name):
    """One message and what is said about it; every value of its multiplexors selects something."""
    kind = random.choice(["plain", "simple", "nested", "ranges"])
    used, more = set(), ""
    text = "" if kind == "plain" else signal("Mux", used, "M ", [2], True)
    if real := random.choice(["", signal("Real", used, lengths=[32, 64])]):
        more += f"SIG_VALTYPE_ {number} Real : {1 if '|32@' in real else 2};\n"
    text += real + "".join(signal(f"P{i}", used) for i in range(random.randint(0, 6)))
    branches = [set() for _ in range(4)]  # what they select may overlap
    if kind == "simple":
        text += "".join(signal(f"S{i}", branches[i % 4], f"m{i % 4} ") for i in range(12))
    if kind == "nested":
        text += signal("Inner", branches[0], "m0M ", [1], True)
        text += "".join(signal(f"I{i}", set(), f"m{i} ") for i in range(2))
        text += "".join(signal(f"S{i}", branches[0], f"m{i} ", SHORT) for i in range(1, 4))
        more += f"SG_MUL_VAL_ {number} Inner Mux 0-0, 2-3;\n"
        more += "".join(f"SG_MUL_VAL_ {number} I{i} Inner {i}-{i};\n" for i in range(2))
        more += "".join(f"SG_MUL_VAL_ {number} S{i} Mux {i}-{i};\n" for i in range(1, 4))
    if kind == "ranges":
        text += "".join(signal(f"R{i}", branches[0], f"m{2 * i} ", SHORT) for i in range(2))
        more += f"SG_MUL_VAL_ {number} R0 Mux 0-1, 3-3;\nSG_MUL_VAL_ {number} R1 Mux 2-3;\n"
    return f"BO_ {number} {name}: {random.choice([8, 8, 8, 16])} X\n{text}", more


def random_file():
    """The text of a DBC file with messages of both identifier formats."""
    numbers = random.sample(range(2048), 10) + random.sample(range(1 << 31, 5 << 29), 10)
    messages, more = zip(*(message(number, f"M{i}") for i, number in enumerate(numbers)))
    return "\n".join(["BU_: X\n", *messages, *more])


def expected(definition, data):
    """What each signal in the frame has to be: a decimal, or a float where the file says so."""
    values = definition.decode(data, decode_choices=False, scaling=False, allow_truncated=True)
    for name, raw in values.items():
        about = definition.get_signal_by_name(name)
        scale, offset = about.scale, about.offset
        if not about.conversion.is_float:
            scale, offset = (Decimal(str(number)).normalize() for number in (scale, offset))
        values[name] = raw * scale + offset
    return values


def agrees(want, got):
    """Whether a printed number is the expected one; None stands for none."""
    if want is None or not isinstance(got, (int, Decimal)):
        return isinstance(want, float) and not math.isfinite(want) and got is None
    if isinstance(want, float):
        return math.isclose(want, got, rel_tol=1e-12)
    # Beyond 63 bits a number is printed as the nearest binary one.
    is_wide = abs(want.scaleb(max(0, -want.as_tuple().exponent))) >= 1 << 62
    return abs(want - got) <= (abs(want) * Decimal("1e-12") if is_wide else 0)


def compare(program, path, count, report):
    """Decodes random frames of one file both ways; returns frames, values and differences."""
    messages = cantools.database.load_file(path, strict=False, encoding="utf-8").messages
    frames, lines, results = [], [], []
    for index in range(count):
        definition, length = random.choice(messages), random.choice([8, 8, 8, random.randint(0, 7)])
        data = random.choice([random.randbytes(length), b"\xff" * length, bytes(length)])
        text = f"{definition.frame_id:0{8 if definition.is_extended_frame else 3}X}#{data.hex()}"
        frames.append((definition, data, text))
        lines.append(f"({1735270496 + index}.000000) can0 {text.upper()}\n")
    run = subprocess.run([program, "decode", "--format", "json", "--dialect", path, "-"],
                         input="".join(lines), capture_output=True, text=True, check=False)
    answers = [json.loads(line, parse_float=Decimal) for line in run.stdout.splitlines()]
    if len(answers) != count:
        report(f"{path}: {len(answers)} answers, exit status {run.returncode}\n{run.stderr}")
        return count, 0, 1
    for (definition, data, text), answer in zip(frames, answers):
        want = expected(definition, data) if definition.length <= 8 else {}  # the rest is CAN FD
        got = answer.get("values") or {}
        for name in sorted(want.keys() | got.keys()):
            results.append(agrees(want.get(name), got.get(name)))
            if not results[-1]:
                report(f"{Path(path).name} {text} {definition.name}.{name}: "
                       f"cantools {want.get(name)}, Busbar {got.get(name)}")
    return count, len(results), results.count(False)


def main():
    getcontext().prec = 60
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the busbar executable")
    parser.add_argument("--dialects", type=Path, help="a folder of DBC files to compare as well")
    for name, default in [("files", 20), ("frames", 1000), ("seed", 1)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    random.seed(options.seed)
    texts = {f"random{index}.dbc": random_file() for index in range(options.files)}
    for path in sorted(options.dialects.glob("*.dbc")) if options.dialects else []:
        cantools.database.load_file(path, encoding="utf-8")  # strictly: others read these files, too
        meaning = re.compile(r"^(BA_|BA_DEF_|BA_DEF_DEF_|VAL_) .*?;[ \t]*$", re.M | re.S)
        texts[path.name] = meaning.sub("", path.read_text(encoding="utf-8"))
    examples, totals = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, name).write_text(text, encoding="utf-8")
            path = f"{folder}/{name}"
            totals.append(compare(options.program, path, options.frames, examples.append))
    print(*examples[:20], sep="\n", end="\n" * bool(examples))
    frames, values, differences = map(sum, zip(*totals))
    print(f"{frames} frames, {values} values compared, {differences} differ")
    return differences > 0


if __name__ == "__main__":
    sys.exit(main())
