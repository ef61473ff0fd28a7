"""The daemon started by the first who asks, with the socket that systemd made."""

import pytest
from rig import terminal
from rig.machine import CONFIGURATION, DAEMON_USER, SOCKET
from rig.people import LOCAL, MARY, PASSWORD
from rig.processes import Server, run, wait_until

pytestmark = pytest.mark.usefixtures("sandboxed")


def test_the_first_login_starts_the_daemon(healthy):
    healthy.machine.daemon.stop()
    SOCKET.unlink(missing_ok=True)
    confined = ["setpriv", f"--reuid={DAEMON_USER}", f"--regid={DAEMON_USER}", "--init-groups", "--no-new-privs", "--"]
    daemon = ["/usr/libexec/cognito-login/cognito-logind", "--config", CONFIGURATION / "cognito-login.conf"]
    manager = ["systemd-socket-activate", f"--listen={SOCKET}", *confined, *daemon]
    with Server("socket-activate", manager, healthy.machine.folder, ready=SOCKET.exists) as server:
        SOCKET.chmod(0o666)
        assert not run("pgrep", "-x", "cognito-logind").stdout
        child = terminal.spawn(*healthy.machine.as_person(LOCAL, "su", "-", "-c", "id -un", MARY))
        terminal.answer(child, [("Password: ", PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1]) == (0, MARY), shown + server.output()
        wait_until(lambda: "signed in" in server.output(), 5, "the daemon's word of it")
