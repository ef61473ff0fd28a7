"""A machine with a pool, a daemon, an sshd and people of both kinds."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .machine import Machine, PoolSettings
from .people import HOPPER, LOCAL, LOCAL_PASSWORD, MARY, NOETHER, PASSWORD, ROOT_PASSWORD
from .pool import Pool
from .processes import Server, accepts, free_port, run
from .programs import Programs


@dataclass
class Login:
    """What a test needs: the machine, the pool, and how they are set up when nothing is broken on purpose."""

    machine: Machine
    pool: Pool

    def settings(self, endpoint: str | None = None) -> PoolSettings:
        return PoolSettings(endpoint or self.pool.endpoint, self.pool.issuer, self.pool.id, self.pool.client_id)

    def configure(self, endpoint: str | None = None) -> None:
        self.machine.configure(self.settings(endpoint), allow_groups="engineers", group_map="admins:sudo")

    def restart_daemon(self) -> None:
        if self.machine.daemon is not None:
            self.machine.daemon.stop()
        self.machine.start_daemon()

    def ssh_by_key(self, name: str, command: str, rule: str = "") -> tuple:
        """ssh with a key that this machine takes for everybody. Returns (exit status, what was shown).

        `rule`: one more line of sshd's configuration."""
        folder, port = self.machine.folder / "keys", free_port()
        folder.mkdir(exist_ok=True)
        for key in ("host", "user"):
            if not (folder / key).exists():
                run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key, check=True)
        configuration = folder / "sshd_config"
        configuration.write_text(
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM yes\n"
            f"AuthenticationMethods publickey\nAuthorizedKeysFile {folder}/user.pub\nStrictModes no\n{rule}\n"
        )
        with Server("sshd-by-key", ["/usr/sbin/sshd", "-D", "-e", "-f", configuration], folder, lambda: accepts(port)):
            done = run(
                *("ssh", "-p", port, "-i", folder / "user", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes"),
                *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"),
                *(f"{name}@127.0.0.1", command),
            )
        return done.returncode, (done.stdout + done.stderr).strip()

    @staticmethod
    def locker_service() -> None:
        """A PAM service as a screen locker has one."""
        Path("/etc/pam.d/locker").write_text("@include common-auth\n@include common-account\n")


@contextmanager
def machine_for_logins(programs: Programs, folder: Path):
    """Installed once, for all tests of a folder."""
    folder.mkdir(mode=0o755)
    machine = Machine(programs, folder / "machine")
    with Pool(programs, folder / "pool") as pool:
        login = Login(machine, pool)
        pool.add_person(MARY, PASSWORD, ["engineers"])
        pool.add_person(HOPPER, PASSWORD, ["engineers", "admins"])
        pool.add_person(NOETHER, PASSWORD, ["visitors"])
        run("useradd", "--create-home", "--shell", "/bin/bash", "--groups", "sudo", LOCAL, check=True)
        run("chpasswd", input=f"{LOCAL}:{LOCAL_PASSWORD}\nroot:{ROOT_PASSWORD}\n", check=True)
        machine.install()
        login.configure()
        machine.start_daemon()
        for name in (MARY, HOPPER, NOETHER):
            machine.add_login(name)
        machine.start_sshd(conversations_for_all=True)
        try:
            yield login
        finally:
            machine.stop()
