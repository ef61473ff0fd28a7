"""One machine for all tests of a folder: installed once, with a pool, one daemon and people of both kinds."""

from pathlib import Path

import pytest

from .login import machine_for_logins
from .pool import Pool
from .site import Site


@pytest.fixture(scope="session")
def login(sandboxed, programs):
    with machine_for_logins(programs, Path("/run/login-tests")) as login:
        yield login


@pytest.fixture
def healthy(login):
    """The machine with everything as it should be, and put back so afterwards."""
    yield login
    login.configure()
    login.restart_daemon()


@pytest.fixture(scope="session")
def server(login, programs):
    """A pool's server for tests with pools of their own; its outbox can be read."""
    with Pool(programs, login.machine.folder / "sites", options=["--control"]) as server:
        yield server


@pytest.fixture(scope="session")
def names():
    """Names that no earlier test has used: an account is one person's for good."""
    return (f"step{number}" for number in range(1000))


@pytest.fixture
def site(login, server):
    """Makes a pool with settings of its own; afterwards the machine asks the others' again."""

    def make(*arguments, **settings) -> Site:
        return Site(login, server, *arguments, **settings)

    yield make
    login.configure()
    login.restart_daemon()
