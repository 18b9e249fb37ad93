// Puts the simulator's profiles into the program, so that it is one file that can be copied anywhere.
#include "CEmbeddedFiles.h"

static const unsigned char alternator[] = {
#embed "../Simulation/Profiles/BuiltIn/alternator.yaml"
};
static const unsigned char bench_ramp[] = {
#embed "../Simulation/Profiles/BuiltIn/bench-ramp.yaml"
};
static const unsigned char idle[] = {
#embed "../Simulation/Profiles/BuiltIn/idle.yaml"
};
static const unsigned char night[] = {
#embed "../Simulation/Profiles/BuiltIn/night.yaml"
};
static const unsigned char shore_power[] = {
#embed "../Simulation/Profiles/BuiltIn/shore-power.yaml"
};
static const unsigned char van_day[] = {
#embed "../Simulation/Profiles/BuiltIn/van-day.yaml"
};

static const struct embedded_file files[] = {
    {"alternator", alternator, sizeof alternator},
    {"bench-ramp", bench_ramp, sizeof bench_ramp},
    {"idle", idle, sizeof idle},
    {"night", night, sizeof night},
    {"shore-power", shore_power, sizeof shore_power},
    {"van-day", van_day, sizeof van_day},
};

const struct embedded_file *profile_file_at(size_t index) {
  return index < sizeof files / sizeof *files ? &files[index] : NULL;
}
