"""Groups that the pool gives, as programs see them that ask who a group's members are."""

import pexpect
import pytest
from conftest import LOCAL, LOCAL_PASSWORD
from person import console, dialogue, ssh
from rig.pool import Person

RULE = "49-cognito-login.rules"
LOCAL_PERSON = Person(LOCAL, LOCAL_PASSWORD)


def cron(box) -> str:
    return box.unit("cron.service")["MainPID"]


def test_finding_8_an_administrator_by_the_pool_proves_it_to_polkit_as_themselves(machine):
    box, person = machine.box, machine.people["ada"]
    shell = ssh(person)
    status, groups = shell.run("id -nG; getent group sudo")
    assert status == 0 and "sudo" in groups.split() and "ada" not in groups.split(":")[-1]
    before = cron(box)
    status, said = shell.ask("systemctl restart cron", dialogue(person))
    assert status == 0 and "Authenticating as: ada" in said and cron(box) != before, said
    shell.exit()


def test_whoever_isnt_in_the_group_is_asked_for_an_administrators_password(machine):
    box, before = machine.box, cron(machine.box)
    shell = ssh(machine.people["ben"])
    shell.child.sendline("systemctl restart cron")
    assert shell.child.expect(["Authenticating as: ben", "Authenticating as: root", pexpect.TIMEOUT], timeout=20) == 1
    shell.child.close()
    assert cron(box) == before


@pytest.mark.parametrize("with_rule", [True, False])
def test_local_administrators_are_asked_as_without_us(machine, with_rule):
    box, before = machine.box, cron(machine.box)
    box.shell(f"gpasswd -a {LOCAL} sudo")
    override = f"/etc/polkit-1/rules.d/{RULE}"
    if not with_rule:
        box.write(override, "")
    box.shell("systemctl restart polkit")
    try:
        shell = console(box, LOCAL_PERSON)
        status, said = shell.ask("systemctl restart cron", dialogue(LOCAL_PERSON))
        assert status == 0 and f"Authenticating as: {LOCAL}" in said and cron(box) != before, said
        # Known of Debian 12's pkexec where there is no desktop, and not ours: the same happens to a local user.
        status, said = shell.ask("pkexec true", dialogue(LOCAL_PERSON))
        assert status == 127 and "No session for cookie" in said, said
        shell.exit()
    finally:
        box.shell(f"rm -f {override}; gpasswd -d {LOCAL} sudo; systemctl restart polkit")
