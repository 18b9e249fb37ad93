// Puts the dialect files into the program, so that it is one file that can be copied anywhere.
#include "CEmbeddedFiles.h"

static const unsigned char byd[] = {
#embed "../BMSDialects/Dialects/byd.dbc"
};
static const unsigned char deye[] = {
#embed "../BMSDialects/Dialects/deye.dbc"
};
static const unsigned char discover[] = {
#embed "../BMSDialects/Dialects/discover.dbc"
};
static const unsigned char elithion[] = {
#embed "../BMSDialects/Dialects/elithion.dbc"
};
static const unsigned char hybrid[] = {
#embed "../BMSDialects/Dialects/hybrid.dbc"
};
static const unsigned char inverter[] = {
#embed "../BMSDialects/Dialects/inverter.dbc"
};
static const unsigned char luxpower[] = {
#embed "../BMSDialects/Dialects/luxpower.dbc"
};
static const unsigned char mg[] = {
#embed "../BMSDialects/Dialects/mg.dbc"
};
static const unsigned char pylontech[] = {
#embed "../BMSDialects/Dialects/pylontech.dbc"
};
static const unsigned char pytes[] = {
#embed "../BMSDialects/Dialects/pytes.dbc"
};
static const unsigned char rec[] = {
#embed "../BMSDialects/Dialects/rec.dbc"
};
static const unsigned char rec_native[] = {
#embed "../BMSDialects/Dialects/rec-native.dbc"
};
static const unsigned char repackaged[] = {
#embed "../BMSDialects/Dialects/repackaged.dbc"
};
static const unsigned char seplos[] = {
#embed "../BMSDialects/Dialects/seplos.dbc"
};
static const unsigned char simpbms[] = {
#embed "../BMSDialects/Dialects/simpbms.dbc"
};
static const unsigned char sma[] = {
#embed "../BMSDialects/Dialects/sma.dbc"
};
static const unsigned char sol_ark[] = {
#embed "../BMSDialects/Dialects/sol-ark.dbc"
};
static const unsigned char sunny_island[] = {
#embed "../BMSDialects/Dialects/sunny-island.dbc"
};
static const unsigned char victron[] = {
#embed "../BMSDialects/Dialects/victron.dbc"
};
static const unsigned char yambms[] = {
#embed "../BMSDialects/Dialects/yambms.dbc"
};

static const struct embedded_file files[] = {
    {"byd", byd, sizeof byd},
    {"deye", deye, sizeof deye},
    {"discover", discover, sizeof discover},
    {"elithion", elithion, sizeof elithion},
    {"hybrid", hybrid, sizeof hybrid},
    {"inverter", inverter, sizeof inverter},
    {"luxpower", luxpower, sizeof luxpower},
    {"mg", mg, sizeof mg},
    {"pylontech", pylontech, sizeof pylontech},
    {"pytes", pytes, sizeof pytes},
    {"rec", rec, sizeof rec},
    {"rec-native", rec_native, sizeof rec_native},
    {"repackaged", repackaged, sizeof repackaged},
    {"seplos", seplos, sizeof seplos},
    {"simpbms", simpbms, sizeof simpbms},
    {"sma", sma, sizeof sma},
    {"sol-ark", sol_ark, sizeof sol_ark},
    {"sunny-island", sunny_island, sizeof sunny_island},
    {"victron", victron, sizeof victron},
    {"yambms", yambms, sizeof yambms},
};

const struct embedded_file *dialect_file_at(size_t index) {
  return index < sizeof files / sizeof *files ? &files[index] : NULL;
}
