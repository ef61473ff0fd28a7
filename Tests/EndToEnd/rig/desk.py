"""A person's own session: a fresh HOME, a D-Bus session bus and a real gnome-keyring, and our programs in PATH.

Every process is a child of ours and is ended by its pid. Nothing here needs a display: prompts of the keyring fail."""

import os
import subprocess
from pathlib import Path

from . import kernel, terminal
from .processes import Server, run, wait_until
from .programs import Programs

HOST = "git.corp:8443"
HELPERS = ["git-credential-cognito", "docker-credential-cognito"]


class Desk:
    def __init__(self, programs: Programs, folder: Path):
        self.folder = Path(folder)
        self.home, self.runtime, self.bin = (self.folder / name for name in ("home", "run", "bin"))
        for part in (self.folder, self.home, self.runtime, self.bin):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in HELPERS:
            (self.bin / name).symlink_to(programs.cognito_helper)
        (self.bin / "cognito").symlink_to(programs.cognito)
        self.env = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.runtime}/nobody-listens",
        }
        self.bus = self.keyring = None
        self.pools = []

    # The session's services

    def start_bus(self) -> None:
        address = f"unix:path={self.runtime}/bus"
        # Without service files nothing is activated by itself: there is a keyring when a test starts one.
        configuration = self.folder / "bus.conf"
        configuration.write_text(
            '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
            '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">\n'
            f"<busconfig><type>session</type><listen>{address}</listen><auth>EXTERNAL</auth>"
            '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
            '<allow own="*"/></policy></busconfig>\n'
        )
        self.bus = Server(
            "dbus-daemon", ["dbus-daemon", "--nofork", f"--config-file={configuration}"], self.folder,
            ready=(self.runtime / "bus").exists, env=self.env,
        ).start()  # fmt: skip
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address

    def start_keyring(self, password: str | None = "keyring") -> None:
        """gnome-keyring, unlocked with the password (and made, the first time); with None it stays locked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        unlock = self.folder / "unlock"
        unlock.write_text(password or "")
        with open(unlock) as given:
            self.keyring = Server(
                "gnome-keyring", command + (["--unlock"] if password else []), self.folder,
                ready=self._keyring_is_there, env=self.env, stdin=given,
            )  # fmt: skip
            self.keyring.start()
        unlock.unlink()

    def _keyring_is_there(self) -> bool:
        answer = run(
            "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
            "--method", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets", env=self.env,
        )  # fmt: skip
        return "true" in answer.stdout

    def lock_keyring(self) -> None:
        """As after a restart of the session: the same keyring, and nobody has typed its password."""
        self.keyring.stop()
        self.start_keyring(None)

    def stop(self) -> None:
        for pool in self.pools:
            self.forget_kernel_keys(pool)
            kernel.forget(pool)
        for server in (self.keyring, self.bus):
            if server is not None:
                server.stop()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    # Our programs

    def cognito(self, *words, **options) -> subprocess.CompletedProcess:
        return run("cognito", *words, env=self.env, **options)

    def configure(self, pool, *words, profile: str = "default") -> None:
        """A profile for a pool of the rig."""
        self.pools.append(pool.id)
        result = self.cognito(
            "configure", "--profile", profile, "--user-pool-id", pool.id, "--client-id", pool.client_id,
            "--endpoint", pool.endpoint, "--issuer", pool.issuer, *words,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr

    def login(self, person, *words) -> tuple:
        """`cognito login` at a terminal. Returns (what was shown, exit status)."""
        child = terminal.spawn("cognito", "login", "--username", person.name, *words, env=self.env)
        dialogue = [("Password: ", person.password)]
        if person.authenticator:
            dialogue.append(("[Cc]ode[^\n]*: ", self.next_code(person)))
        shown = terminal.answer(child, dialogue)
        rest, status = terminal.finish(child)
        return shown + rest, status

    @staticmethod
    def next_code(person):
        def reply() -> str:
            person.authenticator.wait()
            return person.authenticator.next_code()

        return reply

    def git(self, operation: str, **fields) -> subprocess.CompletedProcess:
        """git-credential-cognito as git runs it."""
        request = "".join(f"{key}={value}\n" for key, value in fields.items()) + "\n"
        return run("git-credential-cognito", operation, input=request, env=self.env, seconds=60)

    def docker(self, operation: str, server: str = "") -> subprocess.CompletedProcess:
        """docker-credential-cognito as docker runs it."""
        return run("docker-credential-cognito", operation, input=server, env=self.env, seconds=60)

    # The kernel's cache

    def kernel_keys(self, pool_id: str) -> list:
        """Descriptions of our keys of a pool in the user keyring."""
        shown = run("keyctl", "show", "@u").stdout
        return [
            line.split("user: ", 1)[1] for line in shown.splitlines() if "cognito-login:" in line and pool_id in line
        ]

    def forget_kernel_keys(self, pool_id: str) -> None:
        for description in self.kernel_keys(pool_id):
            key = run("keyctl", "search", "@u", "user", description).stdout.strip()
            if key:
                run("keyctl", "invalidate", key)

    def wait_for(self, condition, what: str):
        return wait_until(condition, 10, what)
