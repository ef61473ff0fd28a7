#include <string.h>

/* The runtime takes orders from SWIFT_… variables, one of which names a library to load. They are for people who debug
   Swift, not for programs that hold tokens, and sudo, which drops LD_PRELOAD always, lets them pass when it is told to keep
   the environment. They go before any constructor runs; nothing is allocated, since libc isn't ready yet. */
static void forget_runtime_settings(int argc, char **argv, char **environment) {
  (void)argc;
  (void)argv;
  char **kept = environment;
  for (char **each = environment; *each != NULL; each++)
    if (strncmp(*each, "SWIFT_", 6) != 0) *kept++ = *each;
  *kept = NULL;
}

typedef void preparation(int, char **, char **);
__attribute__((section(".preinit_array"), used, retain)) static preparation *const first_of_all =
    forget_runtime_settings;
