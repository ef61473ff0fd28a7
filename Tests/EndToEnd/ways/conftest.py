"""One machine for all tests of this folder, which several kinds of pools use in turn."""

from pathlib import Path

import pytest
from rig.login import machine_for_logins


@pytest.fixture(scope="session")
def login(sandboxed, programs):
    with machine_for_logins(programs, Path("/run/every-way")) as login:
        yield login
