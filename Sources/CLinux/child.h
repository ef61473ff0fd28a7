#pragma once

/* glibc has these for long, and shows them only with _GNU_SOURCE, which Swift's Glibc module isn't built with. They are
   declared under names of our own, and no header is included: with one, types of Glibc (sigset_t, sockaddr) would become
   this module's in an optimized build, and every file that uses them would have to import it. */

/* posix_spawn_file_actions_addclosefrom_np: the new program gets no descriptor from `first` on. */
extern int cspawn_close_from(void *actions, int first) __asm__("posix_spawn_file_actions_addclosefrom_np");

/* With O_CLOEXEC: a pipe that no program started by another thread inherits, not even one that is started at this moment. */
extern int cspawn_pipe(int ends[2], int flags) __asm__("pipe2");

/* The same of an incoming connection, with SOCK_CLOEXEC. */
extern int cspawn_accept(int listener, void *address, unsigned *length, int flags) __asm__("accept4");
