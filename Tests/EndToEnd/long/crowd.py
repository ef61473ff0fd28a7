"""200 people log in at once, beside a neighbour who does all that login-security.md 3, 8, 15 and 17 describe.

make crowd PEOPLE=200"""

import os
import re
import statistics
import sys
import time

from rig import neighbours
from rig.crowd import Crowd
from rig.machine import SOCKET
from rig.processes import run

from . import Scene


def attacked(name: str):
    """Every attack at once."""
    return neighbours.together(
        neighbours.idle_su(name, 260),
        neighbours.guessing_su(name, 2),
        neighbours.foreign_begins(name, 1),
        neighbours.connect_and_close(1),
    )


def said_of(scene: Scene, name: str) -> list:
    """What the daemon and sshd wrote about somebody."""
    files = sorted(scene.machine.folder.glob("*.log"))
    return [
        f"{file.stem}: {line}"
        for file in files
        for line in file.read_text(errors="replace").splitlines()
        if re.search(rf"\b{name}\b(?![0-9])", line)
    ]


def main() -> int:
    count, failures = int(os.environ.get("PEOPLE", "200")), 0
    scene = Scene()
    try:
        names = [f"crowd-{number}" for number in range(count)]
        scene.allow(count + 10)
        for name in names:
            scene.pool.add_person(name, f"Pass-word-{name}-1", ["engineers"])
            run("cognito", "admin", "login", "add", name, "--socket", SOCKET, check=True)
        people = [(name, f"Pass-word-{name}-1") for name in names]
        with Crowd(scene.machine) as crowd:
            for title, attack in (("alone", neighbours.together()), ("attacked", attacked(names[0]))):
                with attack:
                    time.sleep(6)
                    logins = crowd.all_at_once(people)
                refused = [login for login in logins if not login.is_in]
                failures += len(refused)
                times = sorted(login.seconds for login in logins)
                print(
                    f"crowd {title}: {len(logins) - len(refused)} of {len(logins)} are in;"
                    f" median {statistics.median(times):.1f} s, longest {times[-1]:.1f} s"
                )
                for login in refused[:5]:
                    print(f"crowd {title}: {login.person} after {login.seconds:.1f} s: {login.shown.strip()[-200:]}")
                    print("\n".join(f"  {line}" for line in said_of(scene, login.person)))
    finally:
        scene.stop()
    print(f"{2 * count - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
