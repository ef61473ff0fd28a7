#define _GNU_SOURCE
#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* libdispatch gives threads for urgent work, which a program's main task is, a nice value below 0. Only root may, and when it
   is refused it writes "Failed to set thread priority for worker thread" to standard error: a line in the journal at each
   start, and on a person's terminal. Nothing of ours needs the value, so to be refused is as good as to have it. */
__attribute__((visibility("default"))) int setpriority(__priority_which_t which, id_t who, int value) {
  if (syscall(SYS_setpriority, which, who, value) == 0 || (value < 0 && errno == EACCES)) return 0;
  return -1;
}
