"""passwd, and new passwords that the pool asks for."""

import pytest
from rig import terminal
from rig.people import LOCAL, LOCAL_PASSWORD, PASSWORD
from rig.processes import run

pytestmark = pytest.mark.usefixtures("sandboxed")
NEW = "Brand-New-Password-2"


def passwd(login, name: str, dialogue: list) -> tuple:
    child = terminal.spawn(*login.machine.as_person(name, "passwd"))
    shown = terminal.answer(child, dialogue)
    rest, status = terminal.finish(child)
    return status, shown.replace("\r\n", "\n") + rest


def su_works(login, name: str, password: str) -> bool:
    child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-", "-c", "id -un", name))
    terminal.answer(child, [("Password: ", password)])
    shown, status = terminal.finish(child)
    return status == 0 and shown.split()[-1:] == [name]


@pytest.fixture
def person(login, request):
    """Somebody of this test's own, known to the machine."""
    name = "p" + str(abs(hash(request.node.name)) % 10**8)
    login.pool.add_person(name, PASSWORD, ["engineers"])
    login.machine.add_login(name)
    return name


@pytest.fixture
def newcomer(login, request):
    """The same, with a temporary password that has to be changed first."""
    name = "n" + str(abs(hash(request.node.name)) % 10**8)
    login.pool.add_person(name, PASSWORD, ["engineers"], temporary=True)
    login.machine.add_login(name)
    return name


def test_passwd_changes_the_password_in_the_pool(login, person):
    assert su_works(login, person, PASSWORD)
    status, shown = passwd(
        login, person, [("Current password: ", PASSWORD), ("New password: ", NEW), ("Retype new password: ", NEW)]
    )
    assert status == 0 and "updated successfully" in shown, shown
    assert not su_works(login, person, PASSWORD)
    assert su_works(login, person, NEW)


def test_passwd_with_a_wrong_current_password_changes_nothing(login, person):
    status, shown = passwd(login, person, [("Current password: ", "Wrong-Password-1")])
    assert status != 0 and "New password" not in shown
    assert su_works(login, person, PASSWORD)


def test_passwd_says_why_the_pool_refuses_a_password_and_asks_again(login, person):
    status, shown = passwd(
        login,
        person,
        [
            ("Current password: ", PASSWORD),
            ("New password: ", "short"),
            ("Retype new password: ", "short"),
            ("(?i)password.*(?s:.*)New password: ", NEW),
            ("Retype new password: ", NEW),
        ],
    )
    assert status == 0 and "Choose another password." in shown, shown
    assert su_works(login, person, NEW)


def test_passwd_of_a_local_user_is_untouched_by_us(login):
    other = "Another-Local-Password-3"
    for old, new in [(LOCAL_PASSWORD, other), (other, LOCAL_PASSWORD + " again")]:
        status, shown = passwd(
            login, LOCAL, [("Current password: ", old), ("New password: ", new), ("Retype new password: ", new)]
        )
        assert status == 0, shown
    run("chpasswd", input=f"{LOCAL}:{LOCAL_PASSWORD}\n", check=True)


def test_root_cannot_change_the_password_of_a_person_without_knowing_it(login, person):
    child = terminal.spawn("passwd", person)
    terminal.answer(child, [("Current password: ", "Wrong-Password-1")])
    shown, status = terminal.finish(child)
    assert status != 0, shown
    assert su_works(login, person, PASSWORD)


def test_passwd_without_the_daemon_changes_nothing_and_says_so(healthy, person):
    healthy.machine.daemon.stop()
    status, shown = passwd(healthy, person, [])
    assert status != 0 and "isn't available now" in shown, shown
    healthy.restart_daemon()
    assert su_works(healthy, person, PASSWORD)


def test_a_temporary_password_is_replaced_while_becoming_the_person(login, newcomer):
    child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-", "-c", "id -un", newcomer))
    terminal.answer(
        child,
        [
            ("Password: ", PASSWORD),
            ("New password: ", NEW),
            ("Retype New password: ", "Mistyped-1"),
            ("differ(?s:.*)New password: ", NEW),
            ("Retype New password: ", NEW),
        ],
    )
    shown, status = terminal.finish(child)
    assert (status, shown.split()[-1]) == (0, newcomer), shown
    assert su_works(login, newcomer, NEW)
    assert not su_works(login, newcomer, PASSWORD)


def test_a_temporary_password_is_replaced_in_the_same_ssh_dialogue(login, newcomer):
    child = login.machine.ssh(newcomer, "id -un")
    shown = terminal.answer(child, [("Password: ", PASSWORD), ("New password: ", NEW), ("Retype New password: ", NEW)])
    rest, status = terminal.finish(child)
    assert (status, rest.split()[-1]) == (0, newcomer), shown + rest
    assert "temporary: choose a new one" in shown
    assert su_works(login, newcomer, NEW)


def test_a_new_password_that_the_pool_refuses_does_not_let_in(login, newcomer):
    child = terminal.spawn(*login.machine.as_person(LOCAL, "su", "-c", "id", newcomer))
    again = [("New password: ", "short"), ("Retype New password: ", "short")]
    terminal.answer(child, [("Password: ", PASSWORD), *again, *again, *again])
    shown, status = terminal.finish(child)
    assert status != 0 and "uid=" not in shown
