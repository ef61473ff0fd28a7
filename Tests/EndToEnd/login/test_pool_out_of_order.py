"""A pool that can't be reached or answers nonsense: a clear word, a refusal, and no endless wait."""

import time

import pytest
from rig import terminal
from rig.hostile import HostileServer
from rig.processes import free_port

pytestmark = pytest.mark.usefixtures("sandboxed")


@pytest.fixture(params=["nobody listens", "deaf", "silent", "closing", "garbage", "endless"])
def broken_pool(request, healthy):
    """The daemon, set up for a pool that is out of order."""
    if request.param == "nobody listens":
        healthy.configure(f"http://127.0.0.1:{free_port()}")
        healthy.restart_daemon()
        yield request.param
    else:
        with HostileServer(request.param) as server:
            healthy.configure(server.address)
            healthy.restart_daemon()
            yield request.param


def test_a_login_is_refused_with_a_clear_word(broken_pool, healthy):
    start = time.monotonic()
    child = healthy.machine.ssh("mary", "id", seconds=60)
    terminal.answer(child, [("[Pp]assword: ", "Somerville-1780")])
    shown, status = terminal.finish(child)
    assert status == 255 and "uid=" not in shown
    assert "isn't available now; please try again later" in shown
    assert time.monotonic() - start < 45
    log = healthy.machine.daemon.output()
    assert "Somerville" not in log, "the password is in the log"


def test_the_daemon_serves_again_when_the_pool_does(broken_pool, healthy):
    healthy.configure()
    healthy.restart_daemon()
    child = healthy.machine.ssh("mary", "id -un")
    terminal.answer(child, [("[Pp]assword: ", "Somerville-1780")])
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, "mary"), shown
