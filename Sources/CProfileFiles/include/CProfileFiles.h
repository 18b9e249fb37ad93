#pragma once
#include <stddef.h>

/// One built-in profile of the simulator, part of the program itself.
struct profile_file {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// The file at `index` in the order of their names, or NULL after the last.
const struct profile_file *profile_file_at(size_t index);
