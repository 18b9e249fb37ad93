// What the C library says of its memory; Glibc's module leaves it out.
#include <malloc.h>
