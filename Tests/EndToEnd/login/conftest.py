"""One machine for all tests of this folder: installed once, with a pool, one daemon and people of both kinds."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from rig.machine import Machine, PoolSettings
from rig.people import LOCAL, LOCAL_PASSWORD, ROOT_PASSWORD
from rig.pool import Pool
from rig.processes import run


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


@pytest.fixture(scope="session")
def login(sandboxed, programs):
    folder = Path("/run/login-tests")
    folder.mkdir(mode=0o755)
    machine = Machine(programs, folder / "machine")
    with Pool(programs, folder / "pool") as pool:
        login = Login(machine, pool)
        pool.add_person("mary", "Somerville-1780", ["engineers"])
        run("useradd", "--create-home", "--shell", "/bin/bash", "--groups", "sudo", LOCAL, check=True)
        run("chpasswd", input=f"{LOCAL}:{LOCAL_PASSWORD}\nroot:{ROOT_PASSWORD}\n", check=True)
        machine.install()
        login.configure()
        machine.start_daemon()
        machine.add_login("mary")
        machine.start_sshd()
        yield login
        machine.stop()


@pytest.fixture
def healthy(login):
    """The machine with everything as it should be, and put back so afterwards."""
    yield login
    login.configure()
    login.restart_daemon()
