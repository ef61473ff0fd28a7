#include <stdbool.h>

/* The Swift runtime's crash handler runs a program, swift-backtrace. In a statically linked program it looks for it beside
   argv[0], which has no slash when git or a shell starts us, so that is the working directory: a git checkout, for instance.
   The search runs before main, and SWIFT_BACKTRACE can only add to it.

   Two names reach into that part of the runtime from outside: swiftrt.o refers to the function so that the linker takes it in,
   and the code for fatal errors reads the settings. With both defined here, the linker leaves the whole part in its
   archive. Should a later runtime divide it up differently, then these are defined twice and the program doesn't link. */

/* Larger than the runtime's own (88 bytes in Swift 6.3). All zero: backtraces are off. */
__attribute__((visibility("hidden"), aligned(16))) unsigned char _swift_backtraceSettings[256];

bool _swift_backtrace_isThunkFunction(const char *name);
bool _swift_backtrace_isThunkFunction(const char *name) {
  (void)name;
  return false;
}
