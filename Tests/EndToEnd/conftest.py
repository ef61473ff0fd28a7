"""Fixtures that every folder here shares. Servers run on loopback and end with the test that started them."""

import os
from pathlib import Path

import pytest
from rig.pool import Pool
from rig.programs import Programs


@pytest.fixture(scope="session")
def programs() -> Programs:
    """The programs under test: COGNITO_LOGIN_BIN, or what `make build` (or else `swift build`) made."""
    return Programs.find()


@pytest.fixture(scope="module")
def pool(programs, tmp_path_factory):
    """A new pool on loopback, for the tests of one file."""
    with Pool(programs, tmp_path_factory.mktemp("pool")) as pool:
        yield pool


@pytest.fixture
def fresh_home(tmp_path: Path) -> dict:
    """An environment whose HOME and XDG folders are new and private."""
    home, runtime = tmp_path / "home", tmp_path / "run"
    for folder in (home, runtime):
        folder.mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


@pytest.fixture(scope="session")
def sandboxed():
    """Asked for by tests that change /etc, make users or run as them."""
    assert os.environ.get("COGNITO_LOGIN_SANDBOX"), "this changes the machine it runs on: run it by rig/sandbox"
