// The C headers that CANInterfaces needs beyond Glibc's module. No logic.

#ifndef CSOCKETCAN_H
#define CSOCKETCAN_H

#include <net/if.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <termios.h>

#include <linux/can.h>
#include <linux/can/error.h>
#include <linux/can/raw.h>
#include <linux/if_arp.h>
#include <linux/sock_diag.h>

// Macros that are expressions, which Swift does not import.
static const int CSOCKETCAN_SOL_CAN_RAW = SOL_CAN_RAW;
static const int CSOCKETCAN_SO_TIMESTAMPNS = SO_TIMESTAMPNS;
static const unsigned int CSOCKETCAN_CRTSCTS = 020000000000;  // <termios.h> has it under __USE_MISC only

// recvmmsg(2), as <sys/socket.h> has it under _GNU_SOURCE. Glibc's module is built without that macro;
// with it here, fd_set and others would have two shapes in one program, which Swift refuses.
#ifndef __USE_GNU
struct mmsghdr {
  struct msghdr msg_hdr;
  unsigned int msg_len;
};
extern int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout);
#endif

#endif
