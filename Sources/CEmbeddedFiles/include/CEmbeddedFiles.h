#pragma once
#include <stddef.h>

/// One dialect's DBC file, part of the program itself.
struct dialect_file {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// The file at `index` in the order of their names, or NULL after the last.
const struct dialect_file *dialect_file_at(size_t index);
