#!/usr/bin/env python3
"""Builds the peer that Busbar is measured against: C that cantools generates from a DBC, behind a parser of candump -l.

    Benchmarks/generated_c.py rec.dbc /tmp/peer     needs cantools and a C compiler ($CC, or clang)
    /tmp/peer LOG                                   count, minimum, mean and maximum of each signal
"""

import os
import subprocess
import sys
import tempfile

import cantools
from cantools.database.can.c_source import camel_to_snake_case, generate

READER = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "peer.h"

struct sum { const char *name; double minimum, maximum, total; unsigned long count; };
enum { piece = 1 << 20 };

static inline void add(struct sum *sum, double value) {
  if (!sum->count || value < sum->minimum) sum->minimum = value;
  if (!sum->count || value > sum->maximum) sum->maximum = value;
  sum->total += value;
  sum->count++;
}

@SUMS@

static inline void take(unsigned identifier, const unsigned char *data, unsigned length) {
  switch (identifier) {
@CASES@
  }
}

/* Of each character, what it is worth as a hexadecimal digit. */
static unsigned char digits[256];

/* Reads a whole line, and returns where the next one begins. */
static inline const unsigned char *read_line(const unsigned char *p) {
  unsigned char data[8];
  unsigned identifier = 0, length = 0;
  while (*p != ')') p++;
  for (p += 2; *p != ' '; p++) {}
  const unsigned char *start = ++p;
  while (*p != '#') identifier = identifier << 4 | digits[*p++];
  if (p - start > 3) identifier |= 1u << 31;
  for (p++; *p > ' ' && length < 8; p += 2) data[length++] = digits[p[0]] << 4 | digits[p[1]];
  while (*p != '\n') p++;
  take(identifier, data, length);
  return p + 1;
}

int main(int count, char **arguments) {
  static unsigned char bytes[piece];
  for (int digit = 0; digit < 16; digit++) digits["0123456789ABCDEF"[digit]] = digit;
  int file = count > 1 ? open(arguments[1], O_RDONLY) : 0;
  unsigned long frames = 0;
  size_t kept = 0;
  for (ssize_t more; (more = read(file, bytes + kept, piece - kept)) > 0;) {
    unsigned char *end = bytes + kept + more, *last = memrchr(bytes, '\n', end - bytes);
    const unsigned char *start = bytes;
    for (; last && start <= last; frames++) start = read_line(start);
    kept = end - start;
    memmove(bytes, start, kept);
  }
  printf("%lu frames\n", frames);
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
    if (sums[i].count)
      printf("%s,%lu,%g,%g,%g\n", sums[i].name, sums[i].count, sums[i].minimum,
             sums[i].total / sums[i].count, sums[i].maximum);
}
"""


def condition(signal, name):
    """When a signal is there: always, or if the multiplexer has one of its values."""
    if not signal.multiplexer_ids:
        return ""
    switch = camel_to_snake_case(signal.multiplexer_signal)
    return f"if ({' || '.join(f'{name}.{switch} == {value}' for value in signal.multiplexer_ids)}) "


def main():
    database, program = cantools.database.load_file(sys.argv[1], strict=False), sys.argv[2]
    sums, cases = [], []
    for message in database.messages:
        name = camel_to_snake_case(message.name)
        identifier = message.frame_id | (1 << 31 if message.is_extended_frame else 0)
        lines = [f"  case 0x{identifier:X}: {{", f"    struct peer_{name}_t {name};",
                 f"    if (peer_{name}_unpack(&{name}, data, length) < 0) break;"]
        for signal in message.signals:
            field = camel_to_snake_case(signal.name)
            lines.append(f"    {condition(signal, name)}add(&sums[{len(sums)}], "
                         f"peer_{name}_{field}_decode({name}.{field}));")
            sums.append(f'  {{"{message.name}.{signal.name}"}},')
        cases += lines + ["    break;", "  }"]
    header, source, *_ = generate(database, "peer", "peer.h", "peer.c", "fuzzer.c")
    reader = READER.replace("@CASES@", "\n".join(cases)).replace(
        "@SUMS@", "static struct sum sums[] = {\n" + "\n".join(sums) + "\n};")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"peer.h": header, "peer.c": reader + source}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run([os.environ.get("CC", "clang"), "-O3", "-w", "-o", os.path.abspath(program), "peer.c"],
                       cwd=folder, check=True)


if __name__ == "__main__":
    main()
