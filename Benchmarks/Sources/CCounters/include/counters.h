#pragma once
#include <stdint.h>

// How many blocks of memory this process has allocated so far.
uint64_t counters_allocations(void);
