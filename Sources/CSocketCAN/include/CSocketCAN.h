// The C headers that CANInterfaces needs beyond Glibc's module. No logic.

#ifndef CSOCKETCAN_H
#define CSOCKETCAN_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // recvmmsg, ppoll
#endif

#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#include <linux/can.h>
#include <linux/can/error.h>
#include <linux/can/raw.h>
#include <linux/if_arp.h>
#include <linux/sock_diag.h>

// Macros that are expressions, which Swift does not import.
static const int CSOCKETCAN_SOL_CAN_RAW = SOL_CAN_RAW;
static const int CSOCKETCAN_SO_TIMESTAMPNS = SO_TIMESTAMPNS;

#endif
