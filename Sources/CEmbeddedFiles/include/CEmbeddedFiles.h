#pragma once
#include <stddef.h>

/// A file that is part of the program itself.
struct embedded_file {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// The DBC file of a dialect, by `index` in the order of their names, or NULL after the last.
const struct embedded_file *dialect_file_at(size_t index);

/// A profile of the simulator, by `index` in the order of their names, or NULL after the last.
const struct embedded_file *profile_file_at(size_t index);
