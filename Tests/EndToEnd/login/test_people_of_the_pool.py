"""su, sudo, login, ssh and screen lockers, for people whose only password is the pool's."""

import signal
import time

import pytest
from rig import terminal
from rig.people import HOPPER, LOCAL, MARY, NOETHER, PASSWORD
from rig.processes import run

pytestmark = pytest.mark.usefixtures("sandboxed")


def become(login, name: str, command: str, dialogue: list, by: str = LOCAL) -> tuple:
    """`su` to somebody by a local user. Returns (exit status, what was shown)."""
    child = terminal.spawn(*login.machine.as_person(by, "su", "-", "-c", command, name))
    shown = terminal.answer(child, dialogue)
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


def sudo(login, name: str, *options, dialogue: list) -> tuple:
    child = terminal.spawn(*login.machine.as_person(name, "sudo", "-k", *options, "id", "-u"))
    shown = terminal.answer(child, dialogue)
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


# su


def test_su_with_the_pools_password(login):
    status, shown = become(login, MARY, "id -un; pwd; stat -c %a .", [("Password: ", PASSWORD)])
    assert status == 0 and shown.split("\n")[-4:] == [MARY, f"/home/{MARY}", "700", ""], shown


def test_su_with_a_wrong_password(login):
    status, shown = become(login, MARY, "id", [("Password: ", "Wrong-Password-1")])
    assert status != 0 and "uid=" not in shown
    assert "The user name or the password is wrong" in shown and "Authentication failure" in shown
    # Asked once: pam_unix, which knows no password for the person, doesn't ask again.
    assert shown.count("Password:") == 1


def test_su_with_an_empty_password(login):
    status, shown = become(login, MARY, "id", [("Password: ", "")])
    assert status != 0 and "uid=" not in shown


def test_su_by_root_asks_nothing_and_the_account_hook_lets_in(login):
    child = terminal.spawn("su", "-", "-c", "id -un", MARY)
    shown, status = terminal.finish(child)
    assert (status, shown.split()) == (0, [MARY])


def test_su_to_a_name_that_does_not_exist(login):
    status, shown = become(login, "nobody-here", "id", [])
    assert status != 0 and "does not exist" in shown


def test_the_machine_knows_no_password_of_the_person(login):
    assert MARY not in run("cat", "/etc/passwd", "/etc/shadow", "/etc/group").stdout
    assert run("getent", "passwd", MARY).stdout.split(":")[1] in ("x", "*", "!*")
    shadow = run("getent", "shadow", MARY).stdout
    assert not shadow or shadow.split(":")[1].startswith(("!", "*"))


def test_a_person_outside_the_allowed_groups_is_told_so_and_kept_out(login):
    status, shown = become(login, NOETHER, "id", [("Password: ", PASSWORD)])
    assert status != 0 and "uid=" not in shown
    assert "isn't allowed to sign in on this machine" in shown
    # Root may become anybody, but the account hook runs there as well.
    shown, status = terminal.finish(terminal.spawn("su", "-c", "id", NOETHER))
    assert status != 0 and "uid=" not in shown


# sudo


def test_sudo_by_a_person_in_the_mapped_group(login):
    become(login, HOPPER, "id", [("Password: ", PASSWORD)])
    assert "sudo" in run("id", "-Gn", HOPPER).stdout.split()
    status, shown = sudo(login, HOPPER, dialogue=[(f"password for {HOPPER}: ", PASSWORD)])
    assert (status, shown.split()[-1]) == (0, "0"), shown


def test_sudo_by_a_person_outside_the_mapped_group(login):
    become(login, MARY, "id", [("Password: ", PASSWORD)])
    status, shown = sudo(login, MARY, dialogue=[(f"password for {MARY}: ", PASSWORD)])
    assert status != 0 and "not in the sudoers file" in shown


def test_sudo_with_a_wrong_password_asks_again_and_then_lets_in(login):
    become(login, HOPPER, "id", [("Password: ", PASSWORD)])
    prompt = f"password for {HOPPER}: "
    status, shown = sudo(login, HOPPER, dialogue=[(prompt, "Wrong-Password-1"), (prompt, PASSWORD)])
    assert (status, shown.split()[-1]) == (0, "0"), shown
    assert "Sorry, try again" in shown


def test_sudo_shows_the_prompt_that_its_caller_wants(login):
    """authd #1274: sudo -p and Ansible."""
    become(login, HOPPER, "id", [("Password: ", PASSWORD)])
    status, shown = sudo(login, HOPPER, "-p", "[ansible] %p:", dialogue=[(rf"\[ansible\] {HOPPER}:", PASSWORD)])
    assert (status, shown.split()[-1]) == (0, "0"), shown


def test_sudo_reads_the_password_from_a_pipe(login):
    become(login, HOPPER, "id", [("Password: ", PASSWORD)])
    done = run(*login.machine.as_person(HOPPER, "sudo", "-S", "-k", "id", "-u"), input=PASSWORD + "\n")
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr


# login and ssh


def test_login_on_a_console(login):
    # Behind a shell: login wants to be the leader of a session with a terminal, which pexpect makes it.
    child = terminal.spawn("login", "-h", "127.0.0.9")
    terminal.answer(child, [("login: ", MARY), ("Password: ", PASSWORD)])
    child.expect(r"\$ ")
    child.sendline("id -un; exit")
    shown, _ = terminal.finish(child)
    assert MARY in shown.split(), shown


def test_login_with_a_name_that_does_not_exist(login):
    child = terminal.spawn("login", "-h", "127.0.0.9")
    terminal.answer(child, [("login: ", "nobody-here"), ("Password: ", PASSWORD)])
    child.expect("Login incorrect")
    child.close(force=True)


def test_ssh_with_a_wrong_password(login):
    child = login.machine.ssh(MARY, "id")
    terminal.answer(child, [("Password: ", "Wrong-Password-1")])
    shown, status = terminal.finish(child)
    assert status == 255 and "uid=" not in shown


def test_ssh_with_a_name_that_does_not_exist(login):
    start = time.monotonic()
    child = login.machine.ssh("nobody-here", "id")
    terminal.answer(child, [("[Pp]assword: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert status == 255 and "uid=" not in shown
    assert time.monotonic() - start < 10


def test_ssh_by_key_is_under_the_same_policy(login):
    """authd lets keys bypass its policy; here the account hook asks the daemon."""
    become(login, MARY, "id", [("Password: ", PASSWORD)])
    become(login, NOETHER, "id", [("Password: ", PASSWORD)])
    assert login.ssh_by_key(MARY, "id -un") == (0, MARY)
    status, shown = login.ssh_by_key(NOETHER, "id -un")
    assert status != 0 and NOETHER not in shown.split()


def test_ssh_by_key_is_refused_while_the_daemon_is_away(healthy):
    become(healthy, MARY, "id", [("Password: ", PASSWORD)])
    healthy.machine.daemon.stop()
    status, shown = healthy.ssh_by_key(MARY, "id -un")
    assert status != 0 and MARY not in shown.split()


# Programs that run as the person: screen lockers


def test_a_screen_locker_can_ask_for_its_own_person(login):
    become(login, MARY, "id", [("Password: ", PASSWORD)])
    login.locker_service()
    child = terminal.spawn(*login.machine.as_person(MARY, "pamtester", "locker", MARY, "authenticate", "acct_mgmt"))
    terminal.answer(child, [("Password: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert status == 0 and "successfully authenticated" in shown, shown


def test_a_screen_locker_cannot_try_passwords_of_others(login):
    login.locker_service()
    child = terminal.spawn(*login.machine.as_person(MARY, "pamtester", "locker", HOPPER, "authenticate"))
    shown, status = terminal.finish(child)
    assert status != 0 and "Password" not in shown, shown


# A daemon that doesn't answer, for the people whom that does concern


@pytest.mark.parametrize("state", ["gone", "stopped"])
def test_without_the_daemon_a_person_is_told_so_in_bounded_time(healthy, state):
    if state == "gone":
        healthy.machine.daemon.stop()
    else:
        healthy.machine.daemon.signal(signal.SIGSTOP)
    start = time.monotonic()
    status, shown = become(healthy, MARY, "id", [])
    assert status != 0 and "isn't available now" in shown, shown
    # Ten seconds for the daemon's first word, three at most for PAM's delay after a failure.
    assert time.monotonic() - start < 15


def test_sudo_without_the_daemon_ends_at_once_and_asks_for_no_password(healthy):
    """sudo sets PAM_SILENT and takes "unavailable" for a wrong password: its own words are all that a person gets."""
    become(healthy, HOPPER, "id", [("Password: ", PASSWORD)])
    healthy.machine.daemon.stop()
    start = time.monotonic()
    status, shown = sudo(healthy, HOPPER, dialogue=[])
    assert status != 0 and "password for" not in shown
    assert "incorrect password attempts" in shown, shown
    assert time.monotonic() - start < 12


def test_ssh_without_the_daemon_is_refused_in_bounded_time(healthy):
    healthy.machine.daemon.signal(signal.SIGSTOP)
    start = time.monotonic()
    shown, status = terminal.finish(healthy.machine.ssh(MARY, "id"))
    assert status == 255 and "uid=" not in shown
    assert time.monotonic() - start < 20


def test_a_daemon_killed_while_the_person_types_loses_nothing(healthy):
    child = terminal.spawn(*healthy.machine.as_person(LOCAL, "su", "-c", "id -un", MARY))
    child.expect("Password: ")
    healthy.machine.daemon.signal(signal.SIGKILL)
    healthy.machine.daemon.process.wait()
    child.sendline(PASSWORD)
    shown, status = terminal.finish(child)
    assert status != 0 and "isn't available now" in shown, shown
    healthy.restart_daemon()
    status, shown = become(healthy, MARY, "id -un", [("Password: ", PASSWORD)])
    assert (status, shown.split()[-1]) == (0, MARY)
