"""Many people who log in by ssh at the same moment, each from an address of their own."""

import os
import subprocess
import time
from dataclasses import dataclass

from .machine import Machine
from .processes import Server, accepts, free_port


@dataclass
class Login:
    person: str
    seconds: float
    shown: str
    is_in: bool


class Crowd:
    """An sshd that lets as many knock as there are people, and passwords that no terminal has to type."""

    def __init__(self, machine: Machine):
        self.machine, self.port = machine, free_port()
        self.answer = machine.folder / "type-password"
        # ssh asks this program where it would ask the person.
        self.answer.write_text('#!/bin/sh\nprintf "%s\\n" "$PASSWORD"\n')
        self.answer.chmod(0o755)
        key = machine.folder / "host_key"
        options = {"Port": self.port, "ListenAddress": "0.0.0.0", "HostKey": key, "PidFile": "none"}
        options |= {"PrintLastLog": "no", "MaxStartups": "1000", "LoginGraceTime": "300"}
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        self.sshd = Server(
            "sshd-for-many", ["/usr/sbin/sshd", "-D", "-e", *words], machine.folder, ready=lambda: accepts(self.port)
        )

    def __enter__(self) -> "Crowd":
        self.sshd.start()
        return self

    def __exit__(self, *_) -> None:
        self.sshd.stop()

    def all_at_once(self, people: list, seconds: float = 240) -> list:
        """`people`: (name, password). Returns a Login for each."""
        begun = [
            (name, time.monotonic(), self._begin(name, password, at)) for at, (name, password) in enumerate(people)
        ]
        logins, deadline = {}, time.monotonic() + seconds
        while len(logins) < len(begun):
            for at, (name, start, process) in enumerate(begun):
                if at in logins or (process.poll() is None and time.monotonic() < deadline):
                    continue
                process.kill()
                shown = process.communicate()[0]
                logins[at] = Login(name, time.monotonic() - start, shown, shown.split()[-1:] == [name])
            time.sleep(0.02)
        return [logins[at] for at in sorted(logins)]

    def _begin(self, name: str, password: str, number: int) -> subprocess.Popen:
        address = f"127.1.{number // 250}.{number % 250 + 1}"
        options = {"UserKnownHostsFile": "/dev/null", "StrictHostKeyChecking": "no", "LogLevel": "ERROR"}
        options |= {"PreferredAuthentications": "keyboard-interactive", "NumberOfPasswordPrompts": "1"}
        words = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
        return subprocess.Popen(
            ["ssh", "-p", str(self.port), "-b", address, *words, f"{name}@127.0.0.1", "id", "-un"],
            env={**os.environ, "SSH_ASKPASS": str(self.answer), "SSH_ASKPASS_REQUIRE": "force", "PASSWORD": password},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
