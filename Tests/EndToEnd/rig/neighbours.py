"""What somebody does who may run programs on the machine, and wants to keep others out or learn about them.

Every attack is a context that holds on while others try to log in."""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager

from .machine import SOCKET

NOBODY = 65534


def _as_nobody(*command, **options) -> subprocess.Popen:
    privileges = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*privileges, *map(str, command)], **{**quiet, **options})


@contextmanager
def _held(processes: list):
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            if process.stdin:
                process.stdin.close()
            process.wait()


def idle_su(name: str, count: int):
    """login-security.md 3: `su` that wait for a password which nobody types; the daemon's peer is root."""
    return _held([_as_nobody("su", name, "-c", "true", stdin=subprocess.PIPE) for _ in range(count)])


def guessing_su(name: str, loops: int):
    """login-security.md 8: wrong passwords for somebody else, again and again."""
    loop = f"while :; do echo Wrong-Password-1 | su {name} -c true; done"
    return _held([_as_nobody("setsid", "sh", "-c", f"trap 'kill 0' TERM; {loop}") for _ in range(loops)])


# Begins a sign-in of somebody else (BEGIN, pam/wire.h), as often as it can.
_FOREIGN = """
import socket, struct, sys
def field(tag, value): return bytes([tag]) + struct.pack(">H", len(value)) + value
payload = b"\\1" + field(1, b"\\1") + field(2, b"\\1") + field(3, sys.argv[2].encode()) + field(4, b"sshd")
payload += field(6, b"203.0.113.9") + field(8, b"\\0")
while True:
    with socket.socket(socket.AF_UNIX) as one:
        try:
            one.connect(sys.argv[1])
            one.sendall(struct.pack(">I", len(payload)) + payload)
            one.recv(100)
        except OSError:
            pass
"""

# Connects and closes, as often as it can.
_CONNECT = """
import socket, sys
while True:
    with socket.socket(socket.AF_UNIX) as one:
        one.setblocking(False)
        try:
            one.connect(sys.argv[1])
        except OSError:
            pass
"""


def foreign_begins(name: str, count: int = 1):
    """login-security.md 15: one log line for each would be the end of everybody else's."""
    return _held([_as_nobody(sys.executable, "-c", _FOREIGN, SOCKET, name) for _ in range(count)])


def connect_and_close(count: int = 1):
    """login-security.md 17: connections that are gone before they are served."""
    return _held([_as_nobody(sys.executable, "-c", _CONNECT, SOCKET) for _ in range(count)])


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


@contextmanager
def together(*attacks):
    """Several attacks at once."""
    with ExitStack() as stack:
        for attack in attacks:
            stack.enter_context(attack)
        yield
