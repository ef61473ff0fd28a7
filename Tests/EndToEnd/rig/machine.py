"""This machine, set up so that people of a pool can log in: only ever inside the sandbox.

Everything is what an administrator would do: `make install`, the packaged sysusers, tmpfiles and PAM files, one
configuration file, `cognito admin login add`. Nothing is patched for the tests.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from . import terminal
from .processes import Server, accepts, accepts_unix, free_port, run, wait_until
from .programs import ROOT, Programs

CONFIGURATION = Path("/etc/cognito-login")
STATE = Path("/var/lib/cognito-login")
SOCKET = Path("/run/cognito-login/logind.sock")
USERDB = Path("/run/userdb")
WRITER = Path("/run/cognito-userdb/socket")
DAEMON_USER = "cognito-login"
# The kernel keeps keyrings by uid, for all sandboxes and the machine itself: so a range of our own.
FIRST_UID = 40000 + 100 * (int.from_bytes(os.urandom(2), "big") % 190)
LAST_UID = FIRST_UID + 99


@dataclass
class PoolSettings:
    """What the machine has to know about a pool."""

    endpoint: str
    issuer: str
    user_pool_id: str
    client_id: str
    ca_file: Path | None = None
    client_secret_file: Path | None = None

    def lines(self) -> list:
        values = {key: value for key, value in vars(self).items() if value is not None}
        return [f"{key} = {value}" for key, value in values.items()] + ["region = " + self.user_pool_id.split("_")[0]]


class Machine:
    def __init__(self, programs: Programs, folder: Path):
        assert os.environ.get("COGNITO_LOGIN_SANDBOX"), "this changes the machine it runs on: run it by rig/sandbox"
        self.programs, self.folder = programs, Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.daemon = self.writer = self.sshd = None
        self.ssh_port = free_port()
        self.known_hosts = self.folder / "known_hosts"

    # Set up

    def install(self) -> None:
        """Installs the programs, the daemon's user and folders, and the PAM profile."""
        run("make", "install", "DESTDIR=", f"RELEASE={self.programs.folder}", cwd=ROOT, check=True, seconds=120)
        run("systemd-sysusers", check=True)
        run("systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/cognito-login.conf", check=True)
        run("pam-auth-update", "--package", check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})

    def configure(self, pool: PoolSettings, allow_groups: str, group_map: str = "", extra: str = "") -> None:
        """Writes the daemon's configuration, which only root and the daemon may read."""
        CONFIGURATION.mkdir(mode=0o755, exist_ok=True)
        login = [f"allow_groups = {allow_groups}", f"uid_min = {FIRST_UID}", f"uid_max = {LAST_UID}"]
        if group_map:
            login.append(f"group_map = {group_map}")
        text = "\n".join(["[pool]", *pool.lines(), "", "[login]", *login, *extra.splitlines()]) + "\n"
        file = CONFIGURATION / "cognito-login.conf"
        file.write_text(text)
        file.chmod(0o640)
        run("chown", f"root:{DAEMON_USER}", file, check=True)

    def start_daemon(self, *under) -> Server:
        """Runs cognito-logind as its own user with no capability, as its systemd unit does. `under`: a program to run
        all of it."""
        self.start_writer()
        as_itself = ["setpriv", f"--reuid={DAEMON_USER}", f"--regid={DAEMON_USER}", "--init-groups"]
        unprivileged = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]
        daemon = ["/usr/libexec/cognito-login/cognito-logind", "--config", CONFIGURATION / "cognito-login.conf"]
        places = ["--state", STATE, "--socket", SOCKET, "--writer", WRITER]
        self.daemon = Server(
            "cognito-logind",
            [*under, *as_itself, *unprivileged, *daemon, *places],
            self.folder,
            ready=lambda: accepts_unix(SOCKET),
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        ).start()
        return self.daemon

    def start_writer(self) -> Server:
        """Runs cognito-userdb as root without one right of root's, as its systemd unit does; once for all daemons."""
        if self.writer is None or self.writer.process.poll() is not None:
            unprivileged = ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]
            self.writer = Server(
                "cognito-userdb",
                [*unprivileged, "/usr/libexec/cognito-login/cognito-userdb"],
                self.folder,
                ready=lambda: accepts_unix(WRITER),
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            ).start()
        return self.writer

    def start_sshd(self, conversations_for_all: bool = False) -> Server:
        """Runs Debian's sshd with Debian's configuration (it reads our drop-in), on loopback, with its own host key.

        `conversations_for_all`: the administrator lets everybody use keyboard-interactive, not our people alone."""
        key = self.folder / "host_key"
        if not key.exists():
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key, check=True)
        public = key.with_suffix(".pub").read_text()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.ssh_port} {public}")
        options = {"Port": self.ssh_port, "ListenAddress": "127.0.0.1", "HostKey": key, "PidFile": "none"}
        options |= {"PrintLastLog": "no", "LogLevel": "VERBOSE"}
        if conversations_for_all:
            options["KbdInteractiveAuthentication"] = "yes"
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        self.sshd = Server(
            "sshd", ["/usr/sbin/sshd", "-D", "-e", *words], self.folder, ready=lambda: accepts(self.ssh_port)
        ).start()
        return self.sshd

    def add_login(self, name: str) -> None:
        """Makes a person known to this machine before the first login."""
        run("cognito", "admin", "login", "add", name, check=True)
        wait_until(lambda: self.account(name), 5, f"the account of {name}")

    @staticmethod
    def account(name: str):
        """The passwd entry by way of NSS, or None."""
        # Another process: this one's C library may have cached that there was none.
        line = run("getent", "passwd", name).stdout.strip()
        return pwd.struct_passwd(line.split(":")) if line else None

    def stop(self) -> None:
        for server in (self.sshd, self.daemon, self.writer):
            if server is not None:
                server.stop()
        self.clear_kernel_keyrings()

    @staticmethod
    def clear_kernel_keyrings() -> None:
        """What people cached in the kernel would outlive the sandbox until it expires."""
        for record in USERDB.glob("[0-9]*.user"):
            uid = record.name.removesuffix(".user")
            run("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "keyctl", "clear", "@u")

    # Use

    def ssh(self, name: str, *command, seconds: float = 30):
        """Starts ssh as a person at a terminal would; the prompts are the caller's."""
        return terminal.spawn(
            "ssh", "-tt", "-p", self.ssh_port, "-o", f"UserKnownHostsFile={self.known_hosts}",
            "-o", "PreferredAuthentications=keyboard-interactive", "-o", "NumberOfPasswordPrompts=1",
            f"{name}@127.0.0.1", *command, seconds=seconds,
            env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "TERM": "dumb", "LANG": "C.UTF-8"},
        )  # fmt: skip

    @staticmethod
    def as_person(name: str, *command) -> list:
        """A command line that runs `command` as this person, without any PAM."""
        group = run("id", "-g", name, check=True).stdout.strip()
        return ["setpriv", f"--reuid={name}", f"--regid={group}", "--init-groups", "--reset-env", "--", *command]
