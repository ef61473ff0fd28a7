import pytest
from rig.desk import HOST, Desk
from rig.pool import Pool


@pytest.fixture(scope="module")
def pool(programs, tmp_path_factory):
    """A pool of this file's own, so that what one file does to it can't show in another."""
    with Pool(programs, tmp_path_factory.mktemp("pool")) as pool:
        pool.ada = pool.add_person("ada", "Analytical-Engine-1843")
        pool.bob = pool.add_person("bob", "Difference-Engine-1822")
        yield pool


@pytest.fixture
def bare_desk(programs, tmp_path):
    """A session without a bus: like ssh, cron or a server."""
    with Desk(programs, tmp_path / "desk") as desk:
        yield desk


@pytest.fixture
def desk(bare_desk, pool):
    """A session with an unlocked keyring, and a profile."""
    bare_desk.start_bus()
    bare_desk.start_keyring()
    bare_desk.configure(pool, "--host", HOST)
    return bare_desk


@pytest.fixture
def signed_in(desk, pool):
    shown, status = desk.login(pool.ada)
    assert status == 0, shown
    return desk
