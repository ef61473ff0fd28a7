#pragma once
#include <fcntl.h>
#include <spawn.h>

/* glibc has these for long, and shows them only with _GNU_SOURCE, which Swift's Glibc module isn't built with. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
extern int pipe2(int ends[2], int flags);

static inline int cspawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

/* A pipe that no program started by another thread inherits, not even one that is started at this moment. */
static inline int cspawn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
