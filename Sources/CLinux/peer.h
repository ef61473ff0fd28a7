#pragma once
#include <stdint.h>

/* The kernel's own struct ucred (linux/socket.h, not in its exported headers; glibc shows it only with _GNU_SOURCE):
   what getsockopt(SO_PEERCRED) writes. */
struct clinux_ucred {
  int32_t pid;
  uint32_t uid;
  uint32_t gid;
};
