"""The pool, the network to it, the daemon or the writer ends at each step of a sign-in: nobody is let in by it, and
local users don't notice."""

import signal
import time

import pytest
from rig import terminal
from rig.people import LOCAL, LOCAL_PASSWORD
from rig.processes import run, wait_until
from rig.site import PASSWORD

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]
NEW = "Difference-Engine-1822"
APP = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
CODE = "Code of your authenticator app: "


def local_users_are_untouched(here) -> None:
    # By root, which asks for no password: the account hook alone.
    done = run("su", "-c", "id -un", LOCAL, seconds=20)
    assert (done.returncode, done.stdout.strip()) == (0, LOCAL)
    child = terminal.spawn(*here.machine.as_person(LOCAL, "sudo", "-k", "id", "-u"))
    shown = terminal.answer(child, [(f"password for {LOCAL}: ", LOCAL_PASSWORD)])
    rest, status = terminal.finish(child)
    assert (status, rest.split()[-1:]) == (0, ["0"]), shown + rest


STEPS = pytest.mark.parametrize("steps", [0, 1, 2, 3], ids=["password", "code", "first time", "second time"])


class SignIn:
    """Of somebody with a temporary password and a second factor: the pool asks for the new password first."""

    def __init__(self, here, name: str, by: str):
        self.here, self.name = here, name
        here.add(name, temporary=True)
        here.admin.admin_set_user_password(UserPoolId=here.id, Username=name, Password=PASSWORD, Permanent=True)
        app = here.add_app(name)
        here.admin.admin_set_user_password(UserPoolId=here.id, Username=name, Password=PASSWORD, Permanent=False)
        self.dialogue = [
            ("Password: ", PASSWORD),
            ("New password: ", NEW),
            ("Retype New password: ", NEW),
            (CODE, app.next_code),
        ]
        if by == "ssh":
            self.child = here.machine.ssh(name, "id", "-un", seconds=70)
        else:
            self.child = terminal.spawn(*here.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name), seconds=70)

    def up_to(self, step: int) -> None:
        """Until the prompt of that step is there."""
        self.shown = terminal.answer(self.child, self.dialogue[:step])
        self.child.expect(self.dialogue[step][0])

    def go_on(self, step: int) -> bool:
        """Answers it, and what belongs to it. Whether the person is in."""
        reply = self.dialogue[step][1]
        self.child.sendline(reply() if callable(reply) else reply)
        if step == 1:
            self.shown += terminal.answer(self.child, [self.dialogue[2]])
        rest, status = terminal.finish(self.child)
        self.shown += rest
        return status == 0 or self.name in rest.split()


@pytest.mark.parametrize("what", ["pool", "daemon", "daemon restarts"])
@STEPS
@pytest.mark.parametrize("by", ["ssh", "su"])
def test_nobody_gets_in_by_an_end_in_the_middle(site, names, server, what, steps, by):
    here = site(mfa=APP)
    sign_in = SignIn(here, next(names), by)
    sign_in.up_to(steps)
    if what == "pool":
        server.stop()
    elif what == "daemon":
        here.machine.daemon.process.send_signal(signal.SIGKILL)
        here.machine.daemon.process.wait(10)
    else:
        here.login.restart_daemon()
    try:
        assert not sign_in.go_on(steps), sign_in.shown
        local_users_are_untouched(here)
    finally:
        if what == "pool":
            server.start()


@pytest.mark.parametrize("steps", [0, 1, 3], ids=["password", "first time", "code"])
def test_a_network_that_falls_silent_in_the_middle_is_said_within_the_deadline(site, names, server, steps):
    here = site(mfa=APP)
    sign_in = SignIn(here, next(names), "su")
    sign_in.up_to(steps)
    server.server.signal(signal.SIGSTOP)
    try:
        start = time.monotonic()
        assert not sign_in.go_on(steps), sign_in.shown
        assert "can't be reached" in sign_in.shown
        assert time.monotonic() - start < 60
        local_users_are_untouched(here)
    finally:
        server.server.signal(signal.SIGCONT)


@STEPS
def test_without_the_writer_in_the_middle_a_first_sign_in_comes_to_nothing_or_to_a_person(site, names, steps):
    """Who isn't known as somebody who may sign in is locked in the records until the writer is back."""
    here = site(mfa=APP)
    sign_in = SignIn(here, next(names), "su")
    sign_in.up_to(steps)
    here.machine.writer.process.send_signal(signal.SIGKILL)
    here.machine.writer.process.wait(10)
    try:
        for step in range(steps, 4):
            if step == 2 and steps < 2:
                continue
            if step > steps:
                sign_in.child.expect(sign_in.dialogue[step][0])
            reply = sign_in.dialogue[step][1]
            sign_in.child.sendline(reply() if callable(reply) else reply)
            if step == 1:
                terminal.answer(sign_in.child, [sign_in.dialogue[2]])
        terminal.finish(sign_in.child)
        local_users_are_untouched(here)
        assert here.machine.daemon.process.poll() is None
    finally:
        here.machine.start_writer()
    # All is told when the writer is back.
    wait_until(lambda: here.machine.account(sign_in.name) is not None, 15, "the record")
