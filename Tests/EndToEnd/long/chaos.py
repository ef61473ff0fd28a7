"""Ends and stops the daemon and the pool at random moments while people log in.

    make chaos MINUTES=10 SEED=1

What must hold: a wrong password never lets anybody in, whatever happens; nobody waits without end; and as soon as
everything runs again, the right password does."""

import os
import random
import signal
import sys
import threading
import time

from . import Scene


def disturb(scene: Scene, chance: random.Random) -> tuple:
    """Hurts one of the servers a moment from now, and heals it a moment later."""
    server, hurt = chance.choice([scene.machine.daemon, scene.pool.server]), chance.choice(["kill", "stop", "term"])
    before, meanwhile = chance.uniform(0, 0.4), chance.uniform(0.1, 1.5)

    def work():
        time.sleep(before)
        server.signal({"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "term": signal.SIGTERM}[hurt])
        time.sleep(meanwhile)
        if hurt == "stop":
            server.signal(signal.SIGCONT)
        else:
            server.process.wait()
            server.start()

    thread = threading.Thread(target=work)
    thread.start()
    return f"{hurt} {server.name}", thread


def main() -> int:
    seconds, seed = float(os.environ.get("MINUTES", "10")) * 60, int(os.environ.get("SEED", time.time_ns() % 100000))
    chance, scene, failures, rounds, admitted = random.Random(seed), Scene(), [], 0, 0
    print(f"chaos: seed {seed}, {seconds:.0f} s", flush=True)
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            rounds += 1
            person, right = chance.choice(scene.people), chance.random() < 0.7
            what, healing = disturb(scene, chance)
            start = time.monotonic()
            got_in = scene.log_in(person, person.password if right else "wrong")
            took = time.monotonic() - start
            healing.join()
            admitted += got_in
            if got_in and not right:
                failures.append(f"round {rounds}: a wrong password let {person.name} in ({what})")
            if took > 60:
                failures.append(f"round {rounds}: a login took {took:.0f} s ({what})")
            if rounds % 5 == 0 and not scene.log_in(scene.people[0], scene.people[0].password):
                failures.append(f"round {rounds}: all is well again, but the right password is refused (after {what})")
    finally:
        scene.stop()
    for failure in failures:
        print(f"chaos: {failure}")
    print(f"chaos: {rounds} rounds, {admitted} logins let in meanwhile")
    print(f"{rounds - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
