"""Child processes that are waited for, logged to a file, and ended by their pid."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path


class ProcessFailed(Exception):
    """A server didn't get ready, or ended when it shouldn't have."""


def free_port() -> int:
    """A TCP port on loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float = 10, what: str = "a condition"):
    """Returns the first true value of `condition()`, or raises when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.02)


def accepts(port: int) -> bool:
    """Whether something listens on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def accepts_unix(path: Path) -> bool:
    """Whether something listens on this unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(str(path)) == 0


class Server:
    """One child process. `ready` is polled until it is true; then the process must live until `stop`."""

    def __init__(self, name: str, command: list, folder: Path, ready=None, seconds: float = 20, **popen):
        self.name, self.command, self.ready, self.seconds = name, [str(word) for word in command], ready, seconds
        self.log = Path(folder) / f"{name}.log"
        self.popen = popen
        self.process = None

    def start(self) -> "Server":
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **self.popen}
            )
        if self.ready:
            try:
                wait_until(self._alive_and_ready, self.seconds, f"{self.name} to get ready")
            except BaseException as problem:
                self.stop()
                raise ProcessFailed(f"{self.name} isn't ready: {problem}\n{self.output()[-2000:]}") from problem
        return self

    def _alive_and_ready(self):
        if self.process.poll() is not None:
            raise ProcessFailed(f"{self.name} ended with {self.process.returncode}")
        return self.ready()

    @property
    def pid(self) -> int:
        return self.process.pid

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def signal(self, number: int) -> None:
        """Signals our child; a pid that has been waited for is never signalled again."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, number)

    def stop(self, seconds: float = 5) -> int | None:
        """Ends the process: SIGTERM (after SIGCONT, in case it was stopped), then SIGKILL when it takes too long."""
        if self.process is None:
            return None
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            return self.process.wait()

    def restart(self) -> "Server":
        self.stop()
        return self.start()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()


def run(*command, check: bool = False, seconds: float = 30, input: str | None = None, **options):
    """Runs a program to its end with its output as text. With `input` None it reads an empty standard input."""
    return subprocess.run(
        [str(word) for word in command],
        input=input,
        **({} if input is not None else {"stdin": subprocess.DEVNULL}),
        text=True,
        capture_output=True,
        timeout=seconds,
        check=check,
        **options,
    )
