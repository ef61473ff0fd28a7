"""This machine as a person's device: whose sessions live, and when no code is asked for."""

import json
import os

import pytest
from rig import terminal
from rig.machine import STATE
from rig.processes import run
from rig.site import PASSWORD

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.timeout(300)]
ALWAYS = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
OPT_IN = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
MFA = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
CODE = "Code of your authenticator app: "


@pytest.mark.parametrize("tracking", [ALWAYS, OPT_IN], ids=["always", "opt-in"])
def test_a_remembered_machine_asks_for_no_code_where_one_was_typed(site, names, tracking):
    here = site("remember_device = yes", mfa=MFA, DeviceConfiguration=tracking)
    name = here.add(next(names))
    app = here.add_app(name)
    with_code = [("Password: ", PASSWORD), (CODE, app.next_code)]
    assert here.talk("ssh", name, with_code).is_in
    ((_, label),) = here.devices(name).items()
    assert label == f"sshd on {os.uname().nodename}"
    for _ in range(2):
        done = here.talk("ssh", name, [("Password: ", PASSWORD)])
        assert done.is_in and "Code" not in done.shown, done.shown
    # The password is needed all the same, and another place is another device.
    assert not here.talk("ssh", name, [("Password: ", "Wrong-Password-1")]).is_in
    assert here.talk("su", name, with_code).is_in
    assert sorted(here.devices(name).values()) == [
        f"{program} on {os.uname().nodename}" for program in ("sshd", "su-l")
    ]
    # Over a restart of the daemon, and until the pool forgets it.
    here.login.restart_daemon()
    assert here.talk("ssh", name, [("Password: ", PASSWORD)]).is_in
    for key in here.devices(name):
        here.admin.admin_forget_device(UserPoolId=here.id, Username=name, DeviceKey=key)
    assert here.talk("ssh", name, with_code).is_in
    assert here.talk("ssh", name, [("Password: ", PASSWORD)]).is_in
    # sudo asks for the person, whatever the machine is.
    child = terminal.spawn(*here.machine.as_person(name, "sudo", "-k", "-l"))
    shown = terminal.answer(child, [(f"password for {name}: ", PASSWORD), (CODE, app.next_code)])
    assert "may not run sudo" in shown + terminal.finish(child)[0]


def test_what_a_device_proves_itself_by_is_for_the_daemon_alone(site, names):
    here = site("remember_device = yes", mfa=MFA, DeviceConfiguration=ALWAYS)
    name = here.add(next(names))
    app = here.add_app(name)
    assert here.talk("ssh", name, [("Password: ", PASSWORD), (CODE, app.next_code)]).is_in
    file = STATE / "devices.sqlite"
    assert file.stat().st_mode & 0o777 == 0o600 and file.owner() == "cognito-login"
    assert run(*here.machine.as_person(name, "cat", str(file))).returncode != 0
    run("cognito", "admin", "login", "remove", name, check=True)
    assert name.encode() not in file.read_bytes()


def test_a_person_says_whether_the_machine_is_remembered(site, names):
    here = site("remember_device = ask", mfa=MFA, DeviceConfiguration=OPT_IN)
    name = here.add(next(names))
    app = here.add_app(name)
    question = r"Ask for no code for 30 days when you sign in here from the same place\? \[y/N\]: "
    for answer in ("", "y"):
        done = here.talk("ssh", name, [("Password: ", PASSWORD), (CODE, app.next_code), (question, answer)])
        assert done.is_in, done.shown
    assert here.talk("ssh", name, [("Password: ", PASSWORD)]).is_in


def test_without_the_setting_a_pool_that_remembers_devices_asks_for_a_code_each_time(site, names):
    here = site(mfa=MFA, DeviceConfiguration=ALWAYS)
    name = here.add(next(names))
    app = here.add_app(name)
    for _ in range(2):
        assert here.talk("ssh", name, [("Password: ", PASSWORD), (CODE, app.next_code)]).is_in


def test_sudo_leaves_no_session_and_a_login_can_be_told_in_the_pools_list(site, names):
    here = site()
    name = here.add(next(names))
    here.admin.set_user_pool_session_configuration(
        UserPoolId=here.id, UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 5}
    )

    def sessions() -> list:
        found = here.admin.admin_list_user_sessions(UserPoolId=here.id, Username=name)["Sessions"]
        return [session["DeviceType"] for session in found]

    assert here.talk("ssh", name, [("Password: ", PASSWORD)]).is_in
    assert len(sessions()) <= 1
    for _ in range(6):
        child = terminal.spawn(*here.machine.as_person(name, "sudo", "-k", "-l"))
        terminal.answer(child, [(f"password for {name}: ", PASSWORD)])
        terminal.finish(child)
    assert not any("(sudo" in told for told in sessions()), sessions()
    # A login that goes on is in the list by its program and machine.
    child = here.machine.ssh(name)
    terminal.answer(child, [("Password: ", PASSWORD), (r"\$ ", "cognito token --help >/dev/null")])
    assert any(told.endswith(f"(sshd; {os.uname().nodename}; Linux)") for told in sessions()), json.dumps(sessions())
    child.sendline("exit")
    terminal.finish(child)
