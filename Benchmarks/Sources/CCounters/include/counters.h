// Counters that do not depend on how busy the machine is.
#pragma once
#include <stdint.h>

// How many blocks of memory this process has allocated so far.
uint64_t counters_allocations(void);
// How many instructions this thread has run in user mode so far; 0 where the kernel does not say.
uint64_t counters_instructions(void);
