"""Every way into the machine, and git and docker after each, with no other sign-in."""

import json
import re
import subprocess

import pytest
from box import measured
from conftest import LOCAL
from greeter import Greeter
from person import PASSWORD, SSH, console, dialogue, fed, feeds, ssh
from readme import blocks
from rig.processes import wait_until
from rig.terminal import Refused, Shell, answer, finish, spawn

JOB = "fed >~/{0}.new 2>&1; mv ~/{0}.new ~/{0}\n"  # what it shows is there when it is whole


def job_feeds(box, name: str, seconds: float) -> None:
    output = box.path(f"/home/ben/{name}")
    wait_until(output.exists, seconds, f"the job {name}")
    assert fed(output.read_text()), output.read_text()


def status(box) -> dict:
    return json.loads(box.shell("cognito admin status --json"))


@pytest.fixture(scope="module")
def signed_in(machine):
    """ben has logged in once, over ssh, used git, and left. A job of cron's waits for the next minute."""
    shell = ssh(machine.people["ben"])
    feeds(shell)
    shell.exit()
    machine.box.run("crontab", "-u", "ben", "-", input="* * * * * " + JOB.format("cron.out"), check=True)
    return machine


def test_finding_1_ssh_with_password_and_code_and_sudo_feeds_git(machine):
    ada = machine.people["ada"]
    shell = ssh(ada)
    feeds(shell)
    code, reply = shell.run("cognito status")
    assert code == 0 and "signed in as ada" in reply and "in   this machine's memory" in reply, reply
    code, reply = shell.ask("sudo -k id -un", dialogue(ada))
    assert (code, reply.split()[-1]) == (0, "root")
    feeds(shell)
    shell.exit()


def test_an_ssh_key_of_somebody_who_is_signed_in(signed_in, tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    public = (tmp_path / "key.pub").read_text()
    signed_in.box.run("runuser", "-u", "ben", "--", "sh", "-c", "mkdir -m 700 ~/.ssh; cat >~/.ssh/authorized_keys",
                      input=public, check=True)  # fmt: skip
    by_key = ["ssh", "-o", "PreferredAuthentications=publickey", *SSH[1:], "-i", str(tmp_path / "key")]
    shell = Shell(spawn(*by_key, "ben@127.0.0.1", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}))
    feeds(shell)
    shell.exit()


def test_a_console(machine):
    shell = console(machine.box, machine.people["joan"])
    feeds(shell)
    shell.exit()


def test_su_of_a_local_user_to_a_person(machine):
    child = spawn(*machine.box.command("runuser", "-u", LOCAL, "--", "su", "-", "grace"))
    answer(child, dialogue(machine.people["grace"]))
    shell = Shell(child)
    feeds(shell)
    shell.exit()


@pytest.mark.parametrize("words", [["su", "-", "ben"], ["sudo", "-iu", "ben"], ["runuser", "-u", "ben", "--", "bash"]])
def test_root_becomes_a_person_who_is_signed_in(signed_in, words):
    shell = Shell(spawn(*signed_in.box.command(*words)))
    feeds(shell)
    shell.exit()


def test_at(signed_in):
    signed_in.box.run("runuser", "-u", "ben", "--", "at", "now", input=JOB.format("at.out"), check=True)
    job_feeds(signed_in.box, "at.out", 20)


def test_a_unit_of_the_persons_own_manager(signed_in):
    shell = ssh(signed_in.people["ben"])
    code, reply = shell.run("systemd-run --user --quiet --wait --pipe fed")
    assert code == 0 and fed(reply), reply
    shell.exit()


@pytest.fixture(scope="module")
def desktop(machine) -> list:
    """What joan's first two sessions at a greeter showed. The second one rests in the desktop's keyring."""
    box, joan = machine.box, machine.people["joan"]
    command, *_ = blocks("docs/administrator/sessions.md", "A desktop's keyring that opens at login")
    box.shell(command.replace("apt install", "apt-get -qy install"), seconds=180)
    greeter = Greeter(box)
    first = greeter.log_in("joan", joan.password, joan.authenticator.next_code)
    # Nothing of theirs runs on: else the keyring of the first login would still be there.
    uid = box.shell("loginctl terminate-user joan; id -u joan").strip()
    wait_until(lambda: box.unit(f"user@{uid}.service")["ActiveState"] == "inactive", 30, "joan's processes to end")
    second = greeter.log_in("joan", joan.password, joan.authenticator.next_code)
    box.shell("systemctl stop lightdm; loginctl terminate-user joan")
    wait_until(lambda: box.unit(f"user@{uid}.service")["ActiveState"] == "inactive", 30, "joan's processes to end")
    return [first, second]


def test_finding_1_a_greeter_opens_the_desktops_keyring_at_the_second_login_at_the_latest(desktop):
    """gnome-keyring makes the keyring at the first login, and often can't use it before the second."""
    first, second = desktop
    assert "fed\n" in first and re.search("in   (this machine's memory|the desktop's keyring)", first), first
    assert "fed\n" in second and "in   the desktop's keyring" in second, second


def test_finding_6_somebody_can_sign_out_while_the_keyring_is_locked(machine, desktop):
    box = machine.box
    bus = ["runuser", "-u", "joan", "--", "dbus-run-session", "--", "sh", "-c"]
    token = "cognito token --access"
    access = box.run(*bus, token, check=True).stdout.strip()
    out = box.run(*bus, "cognito logout")
    assert out.returncode == 4 and "Nothing here gives out a token of it any more" in out.stderr, out
    assert "the pool has ended the session" in out.stderr and "The stored session is left" in out.stderr, out
    assert box.run(*bus, token).returncode != 0
    assert box.run(*bus, "fed").stdout.startswith("not fed: git 0, docker 0")
    pool = machine.pool.client()
    with pytest.raises(pool.exceptions.NotAuthorizedException):
        pool.get_user(AccessToken=access)


def test_a_screen_locker_that_asks_as_the_person(machine):
    """pamtester calls PAM as i3lock and swaylock do: with the person's uid, and by a service of its own."""
    machine.box.write("/etc/pam.d/i3lock", "@include common-auth\n")
    locked = ["pamtester", "i3lock", "hedy", "authenticate"]
    child = spawn(*machine.box.command("runuser", "-u", "hedy", "--", *locked))
    answer(child, dialogue(machine.people["hedy"]))
    assert "successfully authenticated" in finish(child)[0]
    # It opens for nobody else's password, and tells nobody but hedy whether a password is hers.
    child = spawn(*machine.box.command("runuser", "-u", "hedy", "--", *locked))
    answer(child, [(PASSWORD, machine.people["ben"].password)])
    assert finish(child)[1] != 0
    child = spawn(*machine.box.command("runuser", "-u", "ben", "--", *locked))
    with pytest.raises(Refused):
        answer(child, dialogue(machine.people["hedy"]))


def test_passwd_changes_the_password_at_the_pool(machine):
    edith = machine.pool.add_person("edith", "Interferometer-1916", ["engineers"])
    machine.box.shell("cognito admin login add edith")
    changed = "Interferometer-1917"
    shell = ssh(edith)
    code, reply = shell.ask("passwd", [("Current password: ", edith.password), ("New password: ", changed),
                                       ("[Rr]etype[^\n]*: ", changed)])  # fmt: skip
    assert code == 0, reply
    feeds(shell)
    shell.exit()
    edith.password = changed
    shell = ssh(edith)
    feeds(shell)
    shell.exit()


def test_a_lingering_person_keeps_git_after_the_last_session(signed_in):
    box = signed_in.box
    box.shell("loginctl enable-linger ben")
    uid = box.shell("id -u ben").strip()
    box.wait_for("systemctl", "is-active", f"user@{uid}.service")
    manager = ["runuser", "-u", "ben", "--", "env", f"XDG_RUNTIME_DIR=/run/user/{uid}", "systemd-run", "--user"]
    assert fed(box.run(*manager, "--quiet", "--wait", "--pipe", "fed", check=True).stdout)
    box.shell("loginctl disable-linger ben")


def test_cron(signed_in):
    job_feeds(signed_in.box, "cron.out", 75)


def test_finding_2_what_a_login_left_is_forgotten_when_the_last_session_ends(signed_in):
    """Finding 2: the person's own manager and sessions that systemd opens as the person were never counted down."""
    box = signed_in.box
    box.shell("crontab -r -u ben; ! pgrep -u ben cognito")
    before = status(box)
    shell = ssh(signed_in.people["ben"])
    box.shell("systemd-run --quiet --wait -p PAMName=login -p User=ben true")
    during = status(box)
    assert during["waiting_for_collection"] == before["waiting_for_collection"] + 1
    assert during["open_sessions"] >= 1
    shell.exit()

    def over() -> bool:
        now = status(box)
        return (now["open_sessions"], now["waiting_for_collection"]) == (0, before["waiting_for_collection"])

    wait_until(over, 20, f"sessions and tokens to be forgotten: {status(box)}")


def test_finding_4_after_a_reboot_people_are_known_and_a_login_feeds_git(machine):
    box = machine.box
    box.shell("loginctl enable-linger ben")
    box.run("crontab", "-u", "ben", "-", input="@reboot " + JOB.format("reboot.out"), check=True)
    measured("reboot", box.reboot)
    machine.pool.start()
    assert "ben:x:" in box.shell("getent passwd ben")
    uid = box.shell("id -u ben").strip()
    box.wait_for("systemctl", "is-active", f"user@{uid}.service")
    # The kernel's keyrings are gone with the reboot: a job without a sign-in is told so, and doesn't hang.
    output = box.path("/home/ben/reboot.out")
    wait_until(output.exists, 20, "the job at boot")
    assert "not fed: git 0, docker 0" in output.read_text() and "after a restart" in output.read_text()
    for person in (machine.people["ben"], machine.people["grace"]):
        shell = ssh(person)
        feeds(shell)
        shell.exit()
