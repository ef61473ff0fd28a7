"""Whatever the daemon does, local users log in, become root and are looked up as if it weren't there."""

import signal
import time

import pytest
from rig import terminal
from rig.hostile import HostileServer
from rig.machine import SOCKET
from rig.people import LOCAL, LOCAL_PASSWORD, ROOT_PASSWORD
from rig.processes import run

pytestmark = pytest.mark.usefixtures("sandboxed")
LIMIT = 2.0


@pytest.fixture(params=["healthy", "killed", "stopped", "absent", "deaf", "silent", "closing", "garbage"])
def broken_daemon(request, healthy):
    """The daemon in a state from which no answer comes."""
    state, daemon = request.param, healthy.machine.daemon
    if state == "healthy":
        yield state
    elif state == "killed":
        daemon.signal(signal.SIGKILL)
        daemon.process.wait()
        yield state
    elif state == "stopped":
        daemon.signal(signal.SIGSTOP)
        yield state
    else:
        daemon.stop()
        if state == "absent":
            SOCKET.unlink(missing_ok=True)
            yield state
        else:
            with HostileServer(state, SOCKET):
                yield state


def timed(child, dialogue: list) -> tuple:
    """Seconds from the start to the end, what was shown, and the exit status."""
    start = time.monotonic()
    terminal.answer(child, dialogue)
    shown, status = terminal.finish(child)
    return time.monotonic() - start, shown, status


def test_su_to_root(broken_daemon, healthy):
    child = terminal.spawn(*healthy.machine.as_person(LOCAL, "su", "-c", "id -u", "root"))
    seconds, shown, status = timed(child, [("Password: ", ROOT_PASSWORD)])
    assert (status, shown.split()[-1]) == (0, "0"), shown
    assert seconds < LIMIT


def test_sudo_by_a_local_user(broken_daemon, healthy):
    child = terminal.spawn(*healthy.machine.as_person(LOCAL, "sudo", "-k", "id", "-u"))
    seconds, shown, status = timed(child, [(f"{LOCAL}: ", LOCAL_PASSWORD)])
    assert (status, shown.split()[-1]) == (0, "0"), shown
    assert seconds < LIMIT


def test_a_wrong_password_of_a_local_user_is_still_wrong(broken_daemon, healthy):
    child = terminal.spawn(*healthy.machine.as_person("nobody", "su", "-c", "id -u", LOCAL))
    _, shown, status = timed(child, [("Password: ", "not it")])
    assert status != 0 and "Authentication failure" in shown


def test_ssh_by_a_local_user(broken_daemon, healthy):
    seconds, shown, status = timed(healthy.machine.ssh(LOCAL, "id -un"), [("[Pp]assword: ", LOCAL_PASSWORD)])
    assert (status, shown.split()[-1]) == (0, LOCAL), shown
    assert seconds < LIMIT


def test_looking_up_names(broken_daemon):
    for database, name in [("passwd", "nobody-of-that-name"), ("group", "no-such-group"), ("passwd", LOCAL)]:
        start = time.monotonic()
        found = run("getent", database, name).returncode == 0
        assert found == (name == LOCAL)
        assert time.monotonic() - start < LIMIT


def test_people_of_the_pool_stay_known(broken_daemon, healthy):
    start = time.monotonic()
    assert healthy.machine.account("mary") is not None
    assert time.monotonic() - start < LIMIT
