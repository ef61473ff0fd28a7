"""The pool or the daemon ends at each step of a sign-in: nobody is let in by it, and local users don't notice."""

import signal

import pytest
from rig import terminal
from rig.people import LOCAL, LOCAL_PASSWORD
from rig.processes import run
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


@pytest.mark.parametrize("what", ["pool", "daemon"])
@pytest.mark.parametrize("steps", [0, 1, 2, 3], ids=["password", "code", "first time", "second time"])
@pytest.mark.parametrize("by", ["ssh", "su"])
def test_nobody_gets_in_by_an_end_in_the_middle(site, names, server, what, steps, by):
    here = site(mfa=APP)
    name = here.add(next(names), temporary=True)
    here.admin.admin_set_user_password(UserPoolId=here.id, Username=name, Password=PASSWORD, Permanent=True)
    app = here.add_app(name)
    here.admin.admin_set_user_password(UserPoolId=here.id, Username=name, Password=PASSWORD, Permanent=False)
    # A temporary password and a second factor: the pool asks for the new password first.
    dialogue = [
        ("Password: ", PASSWORD),
        ("New password: ", NEW),
        ("Retype New password: ", NEW),
        (CODE, app.next_code),
    ]
    if by == "ssh":
        child = here.machine.ssh(name, "id", "-un", seconds=70)
    else:
        child = terminal.spawn(*here.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name), seconds=70)
    shown = terminal.answer(child, dialogue[:steps])
    child.expect(dialogue[steps][0])
    if what == "pool":
        server.stop()
    else:
        here.machine.daemon.process.send_signal(signal.SIGKILL)
        here.machine.daemon.process.wait(10)
    try:
        reply = dialogue[steps][1]
        child.sendline(reply() if callable(reply) else reply)
        if steps == 1:
            terminal.answer(child, [dialogue[2]])
        rest, status = terminal.finish(child)
        assert status != 0 and rest.split()[-1:] != [name], shown + rest
        local_users_are_untouched(here)
    finally:
        if what == "pool":
            server.start()
