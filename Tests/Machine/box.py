"""A Debian with systemd as PID 1, in a container of its own (systemd-nspawn). It boots in half a second.

Its file system is an overlay in memory over `.build/machine/tree`. Network, keyrings and mounts are those of the run
(see `run`) and end with it."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from rig.processes import wait_until

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".build" / "machine"
RUN = STATE / "run"  # in memory, the run's own
AS_USERS_OF_THE_RUN = ["nsenter", f"--user={RUN}/users", "--"]  # whose keyrings nobody else has
# What is mounted out here can't be moved in there, but a bind of it can.
IN_NAMESPACES = [*AS_USERS_OF_THE_RUN, "unshare", "--mount", "sh", "-c", 'mount --bind "$0" "$0" && exec "$@"']
AT_HAND = "/srv"  # the folder in the machine in which commands start, with our packages
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "TERM": "dumb"}


class Box:
    """One machine. `layers` are frozen file systems to begin with, the newest first (see `freeze`)."""

    def __init__(self, layers=()):
        self.folder = Path(tempfile.mkdtemp(prefix="box-", dir=RUN))
        self.layers = [*layers, STATE / "tree"]
        self.root = self.folder / "root"
        self.process = None
        for name in ("root", "upper", "work"):
            (self.folder / name).mkdir()
        lower = ":".join(map(str, self.layers))
        options = f"lowerdir={lower},upperdir={self.folder}/upper,workdir={self.folder}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.root], check=True)

    # Power

    def boot(self) -> "Box":
        """Starts it and waits until systemd says that it is up. Units that failed are the tests' to look at."""
        forget_keyrings()
        with open(self.folder / "console.log", "ab") as console:
            # Kernel keyrings are what sessions rest in where there is no desktop: nspawn forbids them unless told.
            self.process = subprocess.Popen(
                [*IN_NAMESPACES, self.root, "systemd-nspawn", "--quiet", "--register=no", "--keep-unit",
                 "--machine=box", "--boot", f"--directory={self.root}", "--console=pipe",
                 "--system-call-filter=add_key keyctl request_key"],
                stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True,
                preexec_fn=lambda: enter_group(self.folder.name),
            )  # fmt: skip
        measured("boot, until usable", lambda: wait_until(self._is_up, 60, "the machine to come up"))
        return self

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError("the machine ended: " + (self.folder / "console.log").read_text()[-2000:])
        return self.leader and self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded")

    @property
    def leader(self) -> int | None:
        """The container's PID 1, by its pid out here."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        ).stdout.split()
        return int(found[0]) if found else None

    def shut_down(self) -> None:
        if self.process is None:
            return
        if leader := self.leader:
            os.kill(leader, signal.SIGRTMIN + 4)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def reboot(self) -> None:
        """As `systemctl reboot`: nspawn ends with a status of its own, and is started again on the same disk."""
        self.run("systemctl", "reboot")
        self.process.wait(60)
        self.boot()

    def pull_the_plug(self) -> None:
        """Power lost: nothing is told, nothing is flushed."""
        os.kill(self.leader, signal.SIGKILL)
        self.process.wait(30)
        self.process = None

    def freeze(self, target: Path) -> Path:
        """Shuts it down and keeps what it changed, as a layer for others to begin with."""
        self.shut_down()
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cp", "-a", self.folder / "upper", target], check=True)
        return target

    def throw_away(self) -> None:
        self.shut_down()
        subprocess.run(["umount", "--lazy", self.root], check=True)
        shutil.rmtree(self.folder)

    def __enter__(self) -> "Box":
        return self.boot()

    def __exit__(self, *_) -> None:
        self.throw_away()

    # Doing things in there

    def command(self, *words, environment: dict | None = None) -> list:
        """What to run out here so that `words` run in there, as root and in no session."""
        variables = [f"{key}={value}" for key, value in {**ENVIRONMENT, **(environment or {})}.items()]
        namespaces = ["--user", "--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root"]
        enter = ["nsenter", "--target", str(self.leader), *namespaces, f"--wdns={AT_HAND}", "--"]
        return [*enter, "env", "-i", *variables, *map(str, words)]

    def run(self, *words, input: str | None = None, seconds: float = 60, check: bool = False, **options):
        """Runs a program in there to its end."""
        process = subprocess.run(
            self.command(*words, **options), text=True, capture_output=True, timeout=seconds,
            **({"input": input} if input is not None else {"stdin": subprocess.DEVNULL}),
        )  # fmt: skip
        if check and process.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, words))}: {process.returncode}\n{process.stdout}{process.stderr}")
        return process

    def shell(self, script: str, **options):
        """Runs a line of shell in there, and fails when it fails."""
        return self.run("bash", "-c", script, check=True, **options).stdout

    def put(self, source: Path, target: str) -> None:
        destination = self.path(target)
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, destination)

    def write(self, target: str, text: str, mode: int = 0o644) -> None:
        path = self.path(target)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def path(self, inside: str) -> Path:
        """Where a file of the machine's lies out here. Not for what is mounted in there, such as /run."""
        return self.root / inside.lstrip("/")

    def unit(self, name: str) -> dict:
        """A unit's properties."""
        lines = self.run("systemctl", "show", name).stdout.splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def journal(self, unit: str) -> list:
        """The messages of a unit, this boot."""
        lines = self.run("journalctl", "-u", unit, "-b", "-o", "json").stdout.splitlines()
        return [json.loads(line).get("MESSAGE", "") for line in lines]

    def wait_for(self, *words, seconds: float = 20) -> None:
        wait_until(lambda: self.run(*words).returncode == 0, seconds, " ".join(map(str, words)))


def enter_group(name: str) -> None:
    """Puts this process into a control group of its own, below the run's."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        number, controllers, path = line.split(":", 2)
        tops = {"": ["unified", "."], "name=systemd": ["systemd"]}.get(controllers, [])
        mounted = [top for top in tops if Path("/sys/fs/cgroup", top, "cgroup.procs").exists()]
        for top in mounted[:1]:
            group = Path("/sys/fs/cgroup", top, path.lstrip("/"), name)
            group.mkdir(exist_ok=True)
            (group / "cgroup.procs").write_text("0")


def forget_keyrings() -> None:
    """A machine that starts has no keys yet. The kernel of this one has been running for long."""
    for uid in [0, *range(10000, 10010)]:
        subprocess.run(
            [*AS_USERS_OF_THE_RUN, "setpriv", f"--reuid={uid}", "--clear-groups", "keyctl", "session", "-", "sh", "-c",
             "keyctl clear @u; keyctl clear $(keyctl get_persistent @s)"], check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def timed(action) -> float:
    """Seconds that an action takes."""
    start = time.monotonic()
    action()
    return time.monotonic() - start


MEASURED: dict[str, float] = {}  # what took how many seconds, for the table at the end of the run


def measured(what: str, action):
    """Does something whose time the table shows. The first time counts: the table is an administrator's first day."""
    start = time.monotonic()
    result = action()
    MEASURED.setdefault(what, time.monotonic() - start)
    return result
