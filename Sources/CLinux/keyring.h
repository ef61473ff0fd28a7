#pragma once
#include <linux/keyctl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc has no wrappers and libkeyutils would be one more library on the hot path. */
typedef int32_t key_serial;
static inline key_serial ckeyring_add(const char *type, const char *desc, const void *data, size_t len,
                                      key_serial ring) {
  return (key_serial)syscall(SYS_add_key, type, desc, data, len, ring);
}
static inline long ckeyring_ctl(int op, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
  return syscall(SYS_keyctl, op, a, b, c, d);
}

/* Swift's Glibc module leaves these out (variadic, or behind _GNU_SOURCE). */
static inline int ckernel_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
static inline int ckernel_memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */);
}
