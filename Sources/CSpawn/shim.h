#pragma once
#include <spawn.h>

/* glibc has this since 2.34, and <spawn.h> shows it only with _GNU_SOURCE, which Swift's Glibc module isn't built with. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

static inline int cspawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
