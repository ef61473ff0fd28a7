"""login-security.md 3, 7, 8, 11, 15, 17 and 19: what one who is on the machine, or talks to it, can do to others."""

import json
import time
from pathlib import Path

import pytest
from rig import neighbours, terminal
from rig.crowd import Crowd
from rig.people import HOPPER, LOCAL, LOCAL_PASSWORD, MARY, PASSWORD
from rig.processes import run, wait_until

pytestmark = pytest.mark.usefixtures("sandboxed")


def by_ssh(login, name: str = MARY, password: str = PASSWORD) -> tuple:
    child = login.machine.ssh(name, "id", "-un")
    shown = terminal.answer(child, [("[Pp]assword: ", password)])
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


def by_su(login, name: str, password: str, by: str = LOCAL) -> tuple:
    child = terminal.spawn(*login.machine.as_person(by, "su", name, "-c", "id -un"))
    shown = terminal.answer(child, [("Password: ", password)])
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


def in_time(login, *, seconds: float = 6) -> None:
    """Everybody's ways in, while somebody attacks."""
    start = time.monotonic()
    status, shown = by_ssh(login)
    assert status == 0 and shown.split()[-1] == MARY, shown
    assert time.monotonic() - start < seconds
    assert by_su(login, MARY, PASSWORD)[0] == 0
    # The account hook alone, as for keys and cron.
    done = run("su", "-c", "id -un", MARY)
    assert (done.returncode, done.stdout.split()) == (0, [MARY]), done.stderr
    child = terminal.spawn(*login.machine.as_person(HOPPER, "sudo", "-k", "id", "-u"))
    terminal.answer(child, [(f"password for {HOPPER}: ", PASSWORD)])
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, "0"), shown
    assert run("cognito", "admin", "status").returncode == 0


def waits(name: str) -> int:
    """How many seconds whoever guesses at this name has to wait, by what root sees."""
    report = json.loads(run("cognito", "admin", "status", "--json", check=True).stdout)
    return max([wait["seconds"] for wait in report["waits"] if wait["name"] == name], default=0)


@pytest.fixture
def calm(login):
    """Nobody has to wait, whatever earlier tests typed."""
    for name in (MARY, HOPPER):
        run("cognito", "admin", "login", "unlock", name, check=True)
    for name in (MARY, HOPPER):
        assert by_su(login, name, PASSWORD)[0] == 0 and by_ssh(login, name)[0] == 0
    yield login
    for name in (MARY, HOPPER):
        run("cognito", "admin", "login", "unlock", name, check=True)


def test_idle_su_of_a_stranger_keep_nobody_out(calm):
    with neighbours.idle_su(MARY, 260):
        time.sleep(6)
        in_time(calm)


def test_guesses_of_a_stranger_keep_nobody_out(calm):
    with neighbours.guessing_su(MARY, 6):
        wait_until(lambda: waits(MARY) > 60, 90, "the stranger to have to wait")
        for _ in range(5):
            status, shown = by_ssh(calm)
            assert status == 0, shown
        in_time(calm, seconds=30)


def test_whoever_guesses_waits_and_root_ends_it(calm):
    loop = f"for n in 1 2 3 4 5 6; do echo Wrong-1 | su {MARY} -c true & done; wait; sleep 2"
    deadline = time.monotonic() + 90
    while waits(MARY) < 60 and time.monotonic() < deadline:
        run(*calm.machine.as_person(LOCAL, "sh", "-c", loop), seconds=60)
    status, shown = by_su(calm, MARY, PASSWORD)
    assert status != 0 and "Wait" in shown, shown
    run("cognito", "admin", "login", "unlock", MARY, check=True)
    status, shown = by_su(calm, MARY, PASSWORD)
    assert status == 0, shown
    assert run("cognito", "admin", "login", "unlock", "nobody-here").returncode != 0
    stranger = run(*calm.machine.as_person(LOCAL, "cognito", "admin", "login", "unlock", MARY))
    assert stranger.returncode != 0 and "Only root" in stranger.stderr


def test_signing_in_ten_times_at_once_is_no_guessing(calm):
    children = [calm.machine.ssh(MARY, "id", "-un", seconds=60) for _ in range(10)]
    for child in children:
        terminal.answer(child, [("Password: ", PASSWORD)])
    for child in children:
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1:]) == (0, [MARY]), shown


def test_a_flood_of_strangers_fills_neither_the_log_nor_the_descriptors(calm):
    daemon = calm.machine.daemon
    before = len(daemon.output().splitlines())
    with neighbours.foreign_begins(MARY, 2), neighbours.connect_and_close(2):
        most = 0
        for _ in range(20):
            most = max(most, neighbours.descriptors(daemon.pid))
            time.sleep(0.1)
        in_time(calm, seconds=15)
    assert most < 60
    lines = daemon.output().splitlines()[before:]
    about_strangers = [line for line in lines if "65534" in line]
    assert 1 <= len(about_strangers) < 20, about_strangers[:30]
    # No line holds an address that the stranger chose.
    assert not [line for line in lines if "203.0.113.9" in line]


def test_a_daemon_with_hardly_a_descriptor_left_goes_on_for_the_others(healthy):
    healthy.machine.daemon.stop()
    healthy.machine.start_daemon("prlimit", "--nofile=40:40", "--")
    with neighbours.connect_and_close(4):
        time.sleep(1)
        start = time.monotonic()
        status, shown = by_ssh(healthy)
        assert status == 0 and time.monotonic() - start < 10, shown


# What can be learnt


def dialogue(login, name: str, password: str) -> str:
    """All that ssh shows, with the name taken out."""
    child = login.machine.ssh(name, "id")
    try:
        shown = terminal.answer(child, [("[Pp]assword: ", password)])
    except terminal.Refused as refused:
        shown = str(refused)
    rest, status = terminal.finish(child)
    assert status == 255
    return (shown + rest).replace(name, "NAME").replace("\r\n", "\n")


def test_ssh_tells_nobody_which_names_there_are(calm):
    wrong = dialogue(calm, MARY, "Wrong-Password-1")
    assert wrong == dialogue(calm, "nobody-here", "Wrong-Password-1") == dialogue(calm, LOCAL, "Wrong-Password-1")
    for _ in range(20):
        last = dialogue(calm, MARY, "Wrong-Password-1")
        if waits(MARY) > 60:
            break
    assert waits(MARY) > 60
    assert last == dialogue(calm, MARY, PASSWORD) == wrong


def test_ssh_tells_nobody_which_names_there_are_while_the_daemon_is_away(healthy):
    healthy.machine.daemon.stop()
    assert dialogue(healthy, MARY, PASSWORD) == dialogue(healthy, "nobody-here", PASSWORD)


def test_names_that_do_not_exist_take_as_long_as_those_that_do(calm):
    def seconds(name: str) -> float:
        start = time.monotonic()
        dialogue(calm, name, "Wrong-Password-1")
        return time.monotonic() - start

    # PAM's own delay after a failure is two seconds, give or take half of it: compare the sums of a few.
    known, unknown = (sum(seconds(name) for _ in range(4)) for name in (HOPPER, "nobody-here"))
    assert abs(known - unknown) < 5, (known, unknown)


# What is only told


def test_su_by_a_user_whose_name_has_a_blank(calm):
    """PAM_RUSER can't be carried, and nothing depends on it."""
    with open("/etc/passwd", "a", encoding="utf-8") as file:
        file.write("ada b:x:1999:1999::/:/bin/sh\n")
    try:
        child = terminal.spawn("setpriv", "--reuid=1999", "--regid=1999", "--clear-groups", "su", MARY, "-c", "id -un")
        terminal.answer(child, [("Password: ", PASSWORD)])
        shown, status = terminal.finish(child)
        assert (status, shown.split()[-1]) == (0, MARY), shown
    finally:
        passwd = Path("/etc/passwd")
        passwd.write_text(
            "".join(line for line in passwd.read_text().splitlines(True) if not line.startswith("ada b:"))
        )


def test_a_local_user_still_logs_in_beside_all_of_it(calm):
    with neighbours.idle_su(MARY, 40), neighbours.connect_and_close(1):
        assert by_su(calm, LOCAL, LOCAL_PASSWORD, by=HOPPER)[0] == 0


def test_a_crowd_logs_in_beside_all_of_it(calm):
    """`make crowd` does it with 200."""
    names = [f"crowd-{number}" for number in range(16)]
    for name in names:
        calm.pool.add_person(name, PASSWORD, ["engineers"])
        calm.machine.add_login(name)
    attack = neighbours.together(
        neighbours.idle_su(MARY, 40),
        neighbours.guessing_su(names[0], 1),
        neighbours.foreign_begins(MARY),
        neighbours.connect_and_close(),
    )
    with Crowd(calm.machine) as crowd, attack:
        logins = crowd.all_at_once([(name, PASSWORD) for name in names], seconds=120)
    assert [login for login in logins if not login.is_in] == []
