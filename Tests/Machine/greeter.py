"""A greeter on a screen: lightdm with its GTK greeter on Xvnc, and somebody who types there, by RFB (RFC 6143)."""

import socket
import struct
import time

from box import Box
from rig.processes import wait_until

PORT = 5900
LOG = "/var/log/lightdm/lightdm.log"
RETURN = 0xFF0D
OUTPUT = "desktop.out"  # in the person's home: what their session shows

# A container may lock no memory.
CONFIGURATION = f"""[LightDM]
lock-memory=false
start-default-seat=false
[Seat:*]
greeter-hide-users=true
greeter-show-manual-login=true
user-session=feed
[VNCServer]
enabled=true
command=Xvnc -SecurityTypes None
port={PORT}
width=640
height=480
depth=24
"""
SESSION = """[Desktop Entry]
Type=Application
Name=Feed
Exec=/usr/local/bin/desktop
"""
DESKTOP = f"#!/bin/sh\n{{ fed; cognito status; }} >~/{OUTPUT}.new 2>&1\nmv ~/{OUTPUT}.new ~/{OUTPUT}\n"


class Greeter:
    """lightdm of a machine, with a session that uses git and docker, shows `cognito status`, and ends."""

    def __init__(self, box: Box):
        self.box, self.screens = box, 0
        box.write("/etc/lightdm/lightdm.conf.d/50-screen.conf", CONFIGURATION)
        box.write("/usr/share/xsessions/feed.desktop", SESSION)
        box.write("/usr/local/bin/desktop", DESKTOP, 0o755)
        box.shell("systemctl start lightdm")
        # Not by a connection: each gets a screen of its own.
        wait_until(lambda: f"Starting VNC server on TCP/IP port {PORT}" in self._log(), 20, "lightdm")

    def log_in(self, name: str, *answers) -> str:
        """Types the name and the answers, each when it is asked for. Returns what the session showed.

        An answer may be a function, called when its prompt is there."""
        output = self.box.path(f"/home/{name}/{OUTPUT}")
        output.unlink(missing_ok=True)
        prompts = self._prompts()
        with Screen() as screen:
            for reply in (name, *answers):
                prompts += 1
                wait_until(lambda asked=prompts: self._prompts() >= asked, 30, f"prompt {prompts} of the greeter")
                wait_until(self._is_idle, 30, "the greeter to show it")
                screen.type(reply() if callable(reply) else reply)
            wait_until(output.exists, 60, "the session's output")
        self.screens += 1
        wait_until(lambda: self._log().count(": Stopped\n") == self.screens, 30, "the screen to be given up")
        return output.read_text()

    def _prompts(self) -> int:
        return self._log().count("Prompt greeter with")

    def _log(self) -> str:
        return self.box.path(LOG).read_text()

    def _is_idle(self) -> bool:
        """Whether neither lightdm nor its greeter has run for a while: what was asked for is on the screen then."""
        ran = "for pid in $(pgrep lightdm); do cat /proc/$pid/schedstat; done"
        before = self.box.shell(ran)
        time.sleep(0.2)
        return self.box.shell(ran) == before


class Screen:
    """The viewer's end. It looks at nothing: the log says what is on the screen."""

    def __enter__(self) -> "Screen":
        self.connection = socket.create_connection(("127.0.0.1", PORT), 30)
        self._take(12)
        self.connection.sendall(b"RFB 003.008\n")
        self._take(self._take(1)[0])
        self.connection.sendall(b"\x01")  # no password
        assert self._take(4) == bytes(4)
        self.connection.sendall(b"\x01")  # shared
        self._take(struct.unpack(">20xI", self._take(24))[0])
        return self

    def __exit__(self, *_) -> None:
        self.connection.close()

    def type(self, text: str) -> None:
        for key in [*map(ord, text), RETURN]:
            for down in (1, 0):
                self.connection.sendall(struct.pack(">BBxxI", 4, down, key))

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            piece = self.connection.recv(size - len(taken))
            assert piece, "the screen has gone"
            taken += piece
        return taken
