"""Logs people in, right and wrong, for a long time, and watches memory and open files of daemon and pool.

make soak MINUTES=30"""

import os
import sys
import time

import psutil

from . import Scene

# What a daemon may grow after its first rounds (allocator, caches) before it counts as a leak.
MEMORY_MB, FILES = 16, 8


def weigh(scene: Scene) -> dict:
    """Resident memory in MB and open descriptors, by program."""
    found = {}
    for server in (scene.machine.daemon, scene.pool.server):
        process = psutil.Process(server.pid)
        found[server.name] = process.memory_info().rss / 2**20, process.num_fds()
    return found


def main() -> int:
    seconds = float(os.environ.get("MINUTES", "30")) * 60
    scene, rounds, failures = Scene(), 0, []
    end, first = time.monotonic() + seconds, None
    try:
        while time.monotonic() < end:
            rounds += 1
            for person in scene.people:
                if not scene.log_in(person, person.password):
                    failures.append(f"round {rounds}: {person.name} was refused")
            if rounds % 10 == 0 and scene.log_in(scene.people[0], "wrong"):
                failures.append(f"round {rounds}: a wrong password let somebody in")
            if rounds == 20:
                first = weigh(scene)
            if rounds % 20 == 0:
                print(
                    f"soak: round {rounds}:", *(f"{name} {m:.1f} MB {f} files" for name, (m, f) in weigh(scene).items())
                )
        for name, (memory, files) in weigh(scene).items():
            if first and (memory - first[name][0] > MEMORY_MB or files - first[name][1] > FILES):
                failures.append(f"{name} grew from {first[name]} to {(memory, files)}")
    finally:
        scene.stop()
    for failure in failures:
        print(f"soak: {failure}")
    print(f"{rounds - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
