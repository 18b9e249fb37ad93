"""Holds a simulated log against what the simulated BMS knew, read by cantools with our DBC files.

    python compare.py BUSBAR DIALECTS-FOLDER

For each battery: busbar simulates, cantools decodes each frame, and each number has to be the one that the
BMS had in that second, within half a step of its scale. Exits with 1 and the first differences otherwise.
"""

import csv
import pathlib
import subprocess
import sys
import tempfile

import cantools

START = 1767225600
BATTERIES = {
    "rec-q?CAPA=560&capacity=560": "rec", "rec-q?fault=missing-sensor:2@10m&temperature=57": "rec",
    "rec-q?cells=16&soc=99&profile=shore-power": "rec", "victron": "victron", "sma": "sma",
    "pylontech": "pylontech", "byd?cells=16": "byd",
}
CODES = {"unsupported": 0, "inactive": 1, "active": 2, "offline": 0, "online": 1}


def check(busbar, folder, battery, dialect):
    """Returns how many numbers were compared, and the differences as lines."""
    database = cantools.database.load_file(folder / f"{dialect}.dbc", strict=False)
    with tempfile.TemporaryDirectory() as room:
        log, values = pathlib.Path(room, "log"), pathlib.Path(room, "values")
        subprocess.run(
            [busbar, "simulate", battery, "--log", log, "--values", values, "--seconds", "1800"],
            check=True, capture_output=True)
        truth = list(csv.DictReader(values.open()))
        return compare(database, log.read_text().splitlines(), truth, dialect)


def compare(database, lines, truth, dialect):
    compared, differences = 0, []
    for line in lines:
        stamp, _, frame = line.split()
        identifier, payload = frame.split("#")
        message = database.get_message_by_frame_id(int(identifier, 16))
        row = truth[int(stamp[1:].split(".")[0]) - START]
        decoded = message.decode(bytes.fromhex(payload), allow_truncated=True)
        for signal in message.signals:
            quantity = quantity_of(signal, message, dialect)
            known = row.get(quantity)
            if not known or signal.name not in decoded:
                continue
            value, known = decoded[signal.name], float(known)
            if isinstance(value, cantools.database.namedsignalvalue.NamedSignalValue):
                # A flag of one bit cannot say that nobody watches.
                value, known = CODES[str(value)], max(known, 1) if signal.length == 1 else known
            elif quantity.endswith("_id"):
                value = float(bytes.fromhex(payload).rstrip(b"\0"))
            elif dialect == "rec" and signal.name == "InstalledCapacity" and value > 250:
                value += 1  # the REC Q's own quirk
            compared += 1
            if abs(value - known) > 0.5 * abs(signal.scale) + 1e-6:
                differences.append(f"{line}: {signal.name} is {value}, the BMS knew {known}")
    return compared, differences


def quantity_of(signal, message, dialect):
    """The quantity's name, from the attribute in the DBC file, with the REC Q's exception."""
    attribute = signal.dbc.attributes.get("BusbarQuantity") if signal.dbc else None
    quantity = attribute.value if attribute else ""
    if dialect == "rec" and quantity == "capacity_reported":
        return "capacity_remaining"
    return quantity


def main():
    busbar, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = False
    for battery, dialect in BATTERIES.items():
        compared, differences = check(busbar, folder, battery, dialect)
        print(f"{battery}: {compared} numbers, {len(differences)} differ")
        for line in differences[:5]:
            print("  " + line)
        failed = failed or differences or compared < 1000
    sys.exit(1 if failed else 0)


main()
