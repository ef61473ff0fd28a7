"""A command under strace: which of its processes became which program, what each looked for, and how each ended."""

import contextlib
import os
import re
import signal
import subprocess
from pathlib import Path

from .processes import wait_until

LINE = re.compile(r"^(?P<pid>\d+) +(?P<rest>.*)$")
CALL = re.compile(r'^(?P<call>\w+)\((?P<at>AT_FDCWD, )?"(?P<path>(?:[^"\\]|\\.)*)"')
FORK = re.compile(r"^(?:<\.\.\. )?(?:clone3?|v?fork)\b.* = (?P<child>\d+)$")
RESUMED = re.compile(r"^<\.\.\. execve\w* resumed>.* = 0$")
KILLED = re.compile(r"^\+\+\+ killed by (?P<signal>\w+)(?P<core> \(core dumped\))? \+\+\+$")

BECAME = "became another program"


class Traced:
    def __init__(self, command: list, log: Path, programs: set, inject: list = (), **popen):
        """`programs` are the paths that count as ours; `inject` is what strace is to do to them."""
        self.log, self.programs = Path(log), {str(path) for path in programs}
        self.log.write_text("")
        what = inject or ["-e", "trace=%file,%process"]
        self.process = subprocess.Popen(["strace", "-f", "-qq", *what, "-o", log, *command], **popen)

    def wait_until_idle(self) -> int:
        """Waits until a program of ours runs and has nothing to do; returns its pid."""
        seen = []

        def settled():
            assert self.process.poll() is None, f"it ended: {self.log.read_text()[-2000:]}"
            seen.append(self.log.stat().st_size)
            return len(seen) > 15 and len(set(seen[-15:])) == 1 and self.ours()

        return wait_until(settled, 30, f"{self.log.name} to be quiet, with a program of ours in it")[0]

    def finish(self, seconds: float = 20) -> None:
        """Waits for the end; what doesn't end by itself is killed, and `ends` says so."""
        try:
            self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            for pid in self.ours():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            try:
                self.process.communicate(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _walk(self):
        """(pid, whether it is a program of ours, line) of each line."""
        image, trying = {}, {}
        for line in self.log.read_text(errors="replace").splitlines():
            match = LINE.match(line)
            if not match:
                continue
            pid, rest = match["pid"], match["rest"]
            yield pid, image.get(pid) in self.programs, rest
            if child := FORK.match(rest):
                image.setdefault(child["child"], image.get(pid))
            call = CALL.match(rest)
            if call and call["call"].startswith("execve"):
                trying[pid] = call["path"]
            if (call and call["call"].startswith("execve") and rest.endswith(" = 0")) or RESUMED.match(rest):
                image[pid] = trying.get(pid)
                yield pid, image[pid] in self.programs, BECAME

    def ours(self) -> list:
        """The processes that became a program of ours, the last one first."""
        return [int(pid) for pid, ours, rest in self._walk() if ours and rest is BECAME][::-1]

    def relative_paths(self, directory: Path) -> set:
        """What programs of ours looked for in `directory`, their working directory, as names in it."""
        found = set()
        for _, ours, rest in self._walk():
            call = CALL.match(rest)
            if not ours or not call or not call["path"]:
                continue
            path = call["path"]
            if not path.startswith("/"):
                found.add(path)
            elif path.startswith(f"{directory}/"):
                found.add(path.removeprefix(f"{directory}/"))
        return found

    def ends(self) -> set:
        """The signals that killed a program of ours, with " (core dumped)" if one was."""
        killed = [(ours, KILLED.match(rest)) for _, ours, rest in self._walk()]
        return {match["signal"] + (match["core"] or "") for ours, match in killed if ours and match}
